/** Compiles a function of tensors into one TensorFlow graph. */
import { FunctionCompiler } from './function-compiler.js'
import { Programs } from './session/programs.js'
import { loadedTensorflow } from './tensorflow.js'

export interface CompileOptions {
  /** The function's name in messages. Default: its own name. */
  readonly name?: string
  /** Seed of its random draws (`tf.dropout`, `tf.randomNormal`, …). Default: 0. */
  readonly seed?: number
}

/** A compiled function: called as the function itself, as a method, too. */
export interface Compiled {
  /** Ends its session. Variables keep their values; a later call compiles anew. */
  dispose(): void
}

/**
 * The function, which runs as one TensorFlow graph from its first call with each set of shapes: its operations, gradients, and the updates of
 * variables by `optimizer.minimize` or `assign`. Arguments and results are tensors, or arrays, objects, Maps and Sets of them; other
 * arguments are part of the program, and each other value compiles another version. `this` is the function's own.
 *
 * What JavaScript reads while the function runs becomes part of the program: numbers, and tensors from outside. Exceptions, which may change at
 * any time: variables; fields of optimizers and of layers; fields of `this` and of class instances among the arguments, of which a change
 * compiles anew. Numbers in closures cannot be seen: keep one that changes in `tf.variable(tf.scalar(1), false)`, or pass it as an argument.
 *
 * The first two calls with each set of shapes run the function's JavaScript and record it; later ones do not run it. What cannot be compiled
 * runs operation by operation, with one warning that states why: data-dependent JavaScript (`dataSync`), shapes that depend on data
 * (`whereAsync`), numbers that differ from call to call, tensors that are carried from call to call, kept, or disposed outside of the
 * function, promises and generators. Called where a gradient is taken, on another backend or by another compiled function, it runs as it is.
 *
 * NaN and Infinity are results like any other, the same as tfjs's; nothing is checked. One limit: the gradients of `relu` and `relu6` may be 0
 * where their input is NaN. A function is compiled for up to 64 sets of shapes and other arguments, and up to 100,000 operations in all,
 * about 1 GB of memory. Tensors from outside are fed to TensorFlow once, whatever their size.
 *
 * @example
 * const optimizer = tf.train.adam(1e-3)
 * const step = compile((x: Tensor, y: Tensor) => optimizer.minimize(() => loss(y, net.predict(x)), true))
 * const value = step(x, y)
 *
 * @throws MillraceError `graph-failed` if TensorFlow cannot run it; variables are then unchanged. `engine-missing` without TensorFlow.
 */
export function compile<F extends (...args: never[]) => unknown>(fn: F, options: CompileOptions = {}): F & Compiled {
  const name = options.name ?? (fn.name || 'a function')
  let compiler: FunctionCompiler | undefined
  let runs = 0
  const compiled = function (this: unknown, ...args: Parameters<F>) {
    compiler ??= new FunctionCompiler(new Programs(loadedTensorflow()), fn, { ...options, name, step: () => runs })
    const result = compiler.call(args, '', this)
    runs++
    return result
  }
  const dispose = () => {
    compiler?.program.dispose()
    compiler = undefined
  }
  return Object.assign(compiled as unknown as F, { dispose })
}
