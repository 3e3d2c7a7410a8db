/** A loss of given outputs and targets, with its gradient: by tfjs, and compiled. */
import { expect } from 'chai'
import { compile } from '../../../src/graph/compile.js'
import type { InputSpec } from '../../../src/models/config/inputs.js'
import { createLoss, lossChoice } from '../../../src/models/losses/index.js'
import type { Tensor, Tf } from '../../../src/models/tf-types.js'
import { checkLabels } from '../../../src/models/train/check-labels.js'
import { encodeTarget } from '../../../src/models/train/targets.js'
import type { NdArray } from '../../../src/util/nd-array.js'
import { seeCompiled } from '../../graph/parity/compare.js'

export interface Case {
  /** As a config writes it. */
  readonly loss: unknown
  readonly outputs: NdArray
  readonly outputKind?: 'linear' | 'softmax' | 'sigmoid'
  /** Class numbers if they have no axis of classes, the numbers themselves otherwise. */
  readonly targets: NdArray
  readonly ignore?: number
}

export interface Evaluated {
  readonly value: number
  readonly gradient: readonly number[]
}

function specOf({ outputs, targets, ignore }: Case): InputSpec {
  const shape = outputs.shape.slice(1)
  const isNumbers = targets.shape.length < outputs.shape.length
  const classes = isNumbers ? Array.from({ length: shape.at(-1)! }, (_, i) => i) : undefined
  return { name: 'masks', shape, ...(classes && { classes }), ...(ignore !== undefined && { ignore }) }
}

/** The value and the gradient with respect to the outputs. */
export async function evaluate(tf: Tf, given: Case): Promise<Evaluated> {
  return (await evaluateBoth(tf, given, false)).eager
}

/** Both, by tfjs and compiled. */
export async function evaluateBoth(
  tf: Tf,
  given: Case,
  isCompiled = true,
): Promise<{ readonly eager: Evaluated; readonly compiled: Evaluated }> {
  const { loss: written, outputs, outputKind = 'linear', targets } = given
  const spec = specOf(given)
  const loss = createLoss(lossChoice.fill(written)[0]!)
  const fed = spec.classes ? checkLabels('net', spec, targets) : targets.cast('float32')
  const compute = (outputs: Tensor, fed: Tensor) => {
    const { values, counts } = encodeTarget(tf, fed, spec)
    const { value, grad } = tf.valueAndGrad(x => loss.compute(values, x as Tensor, { tf, outputKind, counts }))(outputs)
    return [value, grad] as const
  }
  const x = tf.tensor(outputs.data as Float32Array, [...outputs.shape], 'float32')
  const y = tf.tensor(fed.data as Float32Array, [...fed.shape], spec.classes ? 'int32' : 'float32')
  const read = ([value, gradient]: readonly [Tensor, Tensor]): Evaluated => ({
    value: value.dataSync()[0]!,
    gradient: Array.from(gradient.dataSync()),
  })
  const eager = read(tf.tidy(() => [...compute(x, y)] as [Tensor, Tensor]))
  const graph = compile(compute, { name: 'loss' })
  const compiled = isCompiled ? (await seeCompiled(async () => [graph(x, y), graph(x, y), graph(x, y)].map(read))).result.at(-1)! : eager
  graph.dispose()
  tf.dispose([x, y])
  return { eager, compiled }
}

/** That a value and a gradient are those wanted, in proportion to the largest number of each. */
export function expectClose(got: Evaluated, wanted: Evaluated, within: number): void {
  const scale = Math.max(...wanted.gradient.map(Math.abs), 1e-9)
  expect(Math.abs(got.value - wanted.value), `${got.value} for ${wanted.value}`).to.be.below(within * Math.max(1, Math.abs(wanted.value)))
  const off = Math.max(...wanted.gradient.map((value, i) => Math.abs(value - got.gradient[i]!)))
  expect(off / scale, 'the largest difference of the gradient').to.be.below(within)
  expect(got.gradient).to.have.length(wanted.gradient.length)
}
