/** A network of many kinds of layers is trained by both engines. */
import { expect } from 'chai'
import { buildZooModel } from '../../../src/models/build/build-zoo-model.js'
import type { LayerSpec } from '../../../src/models/plan/layer-spec.js'
import { PlanBuilder, type Ref } from '../../../src/models/plan/plan.js'
import { type Description, describeModel } from '../../../src/models/zoo/describe.js'
import { ResNet } from '../../../src/models.js'
import type { NdArray } from '../../../src/util/nd-array.js'
import { seeCompiled } from '../../graph/parity/compare.js'
import { batch, tiny } from '../small.js'

const initializer = { type: 'he_normal' } as const
const window = (size: number, stride = 1, dilation = 1) => ({
  kernelSize: [size, size],
  strides: [stride, stride],
  dilationRate: [dilation, dilation],
  padding: 'same' as const,
  useBias: true,
  initializer,
})
const dense = (units: number) => ({ type: 'dense', units, useBias: true, initializer }) as const

/** Convolutions, then tokens with attention; branches that are dropped, and a sample of a distribution. */
function network(): Pick<Description, 'plan'> {
  const plan = new PlanBuilder()
  let count = 0
  const add = (spec: LayerSpec, ...inputs: Ref[]) => plan.layer(`layer-${count++}`, 'other', spec, ...inputs)
  const chain = (start: Ref, ...specs: LayerSpec[]) => specs.reduce((last, spec) => add(spec, last), start)
  const images = plan.input('images', [8, 8, 1])
  const stem = chain(images, { type: 'conv', filters: 8, groups: 1, ...window(3) }, { type: 'norm', momentum: 0.9, epsilon: 1e-3 })
  const branch = chain(
    stem,
    { type: 'activation', activation: 'h_swish' },
    { type: 'conv', filters: 8, groups: 4, ...window(3, 1, 2) },
    { type: 'groupNorm', groups: 2, epsilon: 1e-5 },
    { type: 'prelu' },
    { type: 'depthwise', depthMultiplier: 1, ...window(5) },
    { type: 'layerScale', initial: 0.5, shared: false },
    { type: 'dropPath', rate: 0.4, mode: 'row', scale: 'training' },
  )
  const sum = add({ type: 'add' }, stem, branch)
  const pooled = chain(sum, { type: 'adaptivePool', size: [3, 3] }, { type: 'upsample', op: 'bilinear', size: [4, 4] })
  const tokens = chain(pooled, { type: 'tokens', classToken: true, position: 'learned' }, { type: 'layerNorm', epsilon: 1e-6 })
  const mixed = chain(tokens, dense(24), { type: 'attention', heads: 2, position: 'none' }, dense(8), {
    type: 'dropPath',
    rate: 0.3,
    mode: 'batch',
    scale: 'inference',
  })
  const first = chain(add({ type: 'add' }, tokens, mixed), { type: 'activation', activation: 'gelu' }, { type: 'token', index: 0 })
  const sample = add({ type: 'gaussian' }, add(dense(4), first), add(dense(4), first))
  return { plan: plan.finish(add(dense(3), sample)) }
}

async function build(engine: string, more: object = {}) {
  const described = describeModel('ResNet', ResNet.row, {
    ...tiny,
    optimizer: { name: 'SGD', learningRate: 0.1 },
    engine,
    ...more,
  })
  return buildZooModel('Mixed', { ...described, ...network() }, { name: 'mixed', seed: 3 })
}

describe('a network of many kinds of layers', () => {
  for (const more of [{}, { microbatch_size: 2 }]) {
    it(`trains compiled as operation by operation, with the same draws, ${JSON.stringify(more)}`, async () => {
      const losses: number[][] = []
      const outputs: number[][] = []
      const { compiled } = await seeCompiled(async () => {
        for (const engine of ['eager', 'graph']) {
          const model = await build(engine, more)
          const steps: number[] = []
          for (let i = 0; i < 4; i++) steps.push((await model.train(batch(6), ['loss']))[0] as number)
          losses.push(steps)
          const [predicted] = (await model.predict({ images: batch(6).images }, ['predictions'])) as [NdArray]
          outputs.push(Array.from(predicted.data as Float32Array))
          model.dispose()
        }
      })
      // Once for all steps.
      expect(compiled).to.deep.equal(['mixed, training', 'mixed, prediction'])
      const [eager, graph] = losses as [number[], number[]]
      for (const [i, loss] of eager.entries()) expect(Math.abs(graph[i]! / loss - 1), `step ${i}`).to.be.below(1e-5)
      for (const [i, value] of outputs[0]!.entries()) expect(outputs[1]![i]!).to.be.closeTo(value, 1e-4)
      expect(new Set(eager).size).to.equal(4)
    })
  }
})
