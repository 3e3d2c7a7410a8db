/** Keeps eager TensorFlow from a kernel that damages memory. */

interface Sized {
  readonly shape: number[]
}
interface Attribute {
  readonly name: string
  readonly value: unknown
}
interface Backend {
  executeSingleOutput(op: string, attributes: readonly Attribute[], inputs: readonly Sized[]): Sized
  executeMultipleOutputs(op: string, attributes: readonly Attribute[], inputs: readonly Sized[], outputs: number): Sized[]
}
interface Operations {
  concat(tensors: readonly unknown[], axis: number): Sized
  zerosLike(tensor: unknown): unknown
  tidy<T>(work: () => T): T
}

const prepared = new WeakSet<object>()

/**
 * Computes the gradient by the filter of a convolution over one row, with a stride and a batch of one, as that of a batch of two, whose
 * second item is zero: it is the same. For one item, oneDNN's eager kernel writes past its buffer (TensorFlow 2.21).
 */
export function protectConvolutions(tf: unknown, backend: object): void {
  if (prepared.has(backend)) return
  prepared.add(backend)
  const { concat, zerosLike, tidy } = tf as Operations
  const { executeSingleOutput, executeMultipleOutputs } = backend as Backend
  const twice = (tensor: Sized) => concat([tensor, zerosLike(tensor)], 0)
  const safe = <T>(op: string, attributes: readonly Attribute[], inputs: readonly Sized[], run: (inputs: readonly Sized[]) => T): T =>
    isUnsafe(op, attributes, inputs) ? tidy(() => run([twice(inputs[0]!), inputs[1]!, twice(inputs[2]!)])) : run(inputs)
  Object.assign(backend, {
    executeSingleOutput: ((op, attributes, inputs) =>
      safe(op, attributes, inputs, given =>
        executeSingleOutput.call(backend, op, attributes, given),
      )) satisfies Backend['executeSingleOutput'],
    executeMultipleOutputs: ((op, attributes, inputs, outputs) =>
      safe(op, attributes, inputs, given =>
        executeMultipleOutputs.call(backend, op, attributes, given, outputs),
      )) satisfies Backend['executeMultipleOutputs'],
  })
}

function isUnsafe(op: string, attributes: readonly Attribute[], [x]: readonly Sized[]): boolean {
  if (op !== 'Conv2DBackpropFilter' || x?.shape[0] !== 1 || !(x.shape[1] === 1 || x.shape[2] === 1)) return false
  const strides = attributes.find(({ name }) => name === 'strides')?.value as readonly number[] | undefined
  return strides?.some(stride => stride > 1) ?? false
}
