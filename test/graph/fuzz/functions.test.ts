/** Random functions, compiled, have the results of tfjs for every call: types, shapes, numbers, state. `MILLRACE_FUZZ` as for networks. */
import { expect } from 'chai'
import { compile } from '../../../src/graph.js'
import { expectClose, numbersOf, type Tensor, tf, type Variable, warningsOf } from '../semantics/support.js'
import { type Choices, choicesOf, seedsFrom } from './random.js'

type Functions = Readonly<Record<string, (...args: any[]) => Tensor>>
const f = tf as unknown as Functions
const shapes = [[], [3], [2, 3], [1, 3], [2, 1], [0, 3], [2, 2, 3]] as const
const dtypes = ['float32', 'float32', 'int32', 'bool'] as const
const perTest = 40

const unary =
  'abs neg square relu sigmoid tanh softplus exp sign floor ceil round step cumsum zerosLike onesLike clone sin erf elu leakyRelu isNaN'.split(
    ' ',
  )
const binary = 'add sub mul div maximum minimum squaredDifference greater lessEqual equal floorDiv mod pow atan2 divNoNan logicalAnd'.split(
  ' ',
)
const reductions = 'sum mean max min prod argMax all any logSumExp'.split(' ')

function tensorOf(c: Choices): Tensor {
  const shape = c.pick(shapes)
  const dtype = c.pick(dtypes)
  const size = shape.reduce<number>((product, length) => product * length, 1)
  const numbers = Array.from({ length: size }, () => (dtype === 'bool' ? c.int(2) : dtype === 'int32' ? c.int(7) - 3 : c.number() * 4 - 2))
  return tf.tensor(numbers, [...shape], dtype)
}

/** One operation on tensors made so far; refused ones are skipped, as tfjs refuses them. */
function operation(c: Choices, made: readonly Tensor[]): () => Tensor | readonly Tensor[] {
  const [a, b] = [c.pick(made), c.pick(made)]
  const name = c.pick([
    unary,
    unary,
    binary,
    binary,
    reductions,
    ['cast', 'reshape', 'concat', 'stack', 'where', 'tile', 'reverse', 'gather', 'gradient', 'moments', 'topk'],
  ])
  const op = c.pick(name)
  const [axis, dtype, keep] = [c.int(2), c.pick(dtypes), c.chance(0.5)]
  return () => {
    if (unary.includes(op)) return f[op]!(a)
    if (binary.includes(op)) return f[op]!(a, b)
    if (reductions.includes(op)) return f[op]!(a, axis < a.rank ? axis : undefined, keep)
    switch (op) {
      case 'cast':
        return tf.cast(a, dtype)
      case 'reshape':
        return tf.reshape(a, [a.size])
      case 'concat':
        return tf.concat([tf.reshape(a, [a.size]), tf.reshape(b, [b.size])])
      case 'stack':
        return tf.stack([a, a])
      case 'where':
        return tf.where(tf.cast(a, 'bool'), b, tf.zerosLike(b))
      case 'tile':
        return tf.tile(tf.reshape(a, [a.size]), [2])
      case 'reverse':
        return tf.reverse(a)
      case 'gather':
        return tf.gather(tf.reshape(a, [a.size]), tf.tensor1d([0, 0], 'int32'))
      case 'gradient':
        return tf.grad(x => tf.sum(tf.mul(tf.tanh(x), tf.cast(b, 'float32'))))(tf.cast(a, 'float32'))
      case 'moments':
        return tf.moments(tf.cast(a, 'float32')).variance
      default:
        return tf.topk(tf.reshape(a, [a.size]), 1).values
    }
  }
}

/** Ways to write the same program, which change what it leaves behind but not its results. */
const styles = ['tidy', 'sloppy', 'assigns', 'state', 'keeps', 'disposes'] as const

/** A function of a seed with a state of its own, and the arguments of its calls. */
function programOf(seed: number, refused: Set<string>, isFirst: boolean) {
  const c = choicesOf(seed)
  const calls = Array.from({ length: 2 }, () => [tensorOf(c), tensorOf(c)] as const)
  const style = c.pick(styles)
  const steps = 2 + c.int(6)
  const v = tf.variable(tf.scalar(1)) as Variable
  let state = tf.scalar(1)
  const body = (x: Tensor, y: Tensor): Tensor[] => {
    const c = choicesOf(seed + 0.5)
    const made: Tensor[] = [x, y, style === 'assigns' ? v : tf.scalar(2)]
    for (let i = 0; i < steps; i++) {
      const step = operation(c, made)
      const key = `${i} ${[x, y].map(({ dtype, shape }) => `${dtype}[${shape}]`)}`
      try {
        if (!refused.has(key)) made.push(...[step()].flat())
      } catch (error) {
        // What tfjs refuses is left out when the program is played again.
        if (!isFirst) throw error
        refused.add(key)
      }
    }
    if (style === 'assigns') v.assign(tf.add(tf.mul(v, 0.5), 1).asScalar() as never)
    return made.slice(3)
  }
  const fn = (x: Tensor, y: Tensor): Tensor[] => {
    const results = style === 'sloppy' ? body(x, y) : tf.tidy(() => body(x, y))
    if (style === 'state' || style === 'keeps') {
      const next = tf.tidy(() => tf.add(tf.mul(state, 0.5), tf.sum(tf.cast(x, 'float32'))).asScalar())
      if (style === 'keeps') {
        tf.keep(next)
        state.dispose()
      }
      state = next
      results.push(tf.tidy(() => tf.mul(state, 1)))
    }
    if (style === 'disposes') y.dispose()
    return results
  }
  return { fn, calls, style, v }
}

type Fn = (x: Tensor, y: Tensor) => Tensor[]

/** The results of five calls: the first arguments three times, the second ones twice. */
function play(seed: number, refused: Set<string>, isFirst: boolean, wrap: (fn: Fn) => Fn) {
  const { fn, calls, style, v } = programOf(seed, refused, isFirst)
  const run = wrap(fn)
  const results = [0, 1, 0, 1, 0].map(i => {
    const given = calls[i]!.map(tensor => tf.tidy(() => tf.reshape(tensor, tensor.shape)))
    const result = numbersOf(run(given[0]!, given[1]!))
    return [result, given.map(({ isDisposed }) => isDisposed)]
  })
  const last = v.dataSync()[0]
  v.dispose()
  return { results: [...results, last], style }
}

function orNothing<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

describe('random functions, compiled', () => {
  const seeds = seedsFrom(process.env.MILLRACE_FUZZ, 40)
  for (let i = 0; i < seeds.length; i += perTest) {
    const some = seeds.slice(i, i + perTest)
    it(`are as without: seeds ${some[0]} to ${some.at(-1)}`, async function () {
      this.timeout(600_000)
      const wrong: string[] = []
      for (const seed of some) {
        const refused = new Set<string>()
        const wanted = orNothing(() => play(seed, refused, true, fn => fn))
        // tfjs itself cannot play it.
        if (wanted === undefined) continue
        const warnings = await warningsOf(() => {
          try {
            expectClose(play(seed, refused, false, fn => compile(fn, { name: `seed ${seed}` })).results, wanted.results, 1e-4)
          } catch (error) {
            wrong.push(`seed ${seed} (${wanted.style}): ${(error as Error).message}`)
          }
        })
        const mayFallBack = wanted.style === 'state' || wanted.style === 'keeps'
        if (warnings.length > 0 && !mayFallBack) wrong.push(`seed ${seed} (${wanted.style}): ${warnings[0]}`)
      }
      expect(wrong).to.deep.equal([])
    })
  }
})
