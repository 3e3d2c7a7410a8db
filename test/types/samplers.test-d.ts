/** What samplers must refuse to compile. Read by tsc, never run. */
import { ConstantSampler, DistributionSampler, HistoSampler, type Sampler } from '../../src/samplers.js'
import type { NdArray } from '../../src/util/nd-array.js'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <A, B>(_: Equal<A, B>) => undefined

const normal = new DistributionSampler('normal')
same<ReturnType<typeof normal.sample>, NdArray<Float64Array>>(true)
normal.sample(10, { seed: 1, position: 3 })
// @ts-expect-error a misspelt option
normal.sample(10, { sed: 1 })

// Distributions have their own parameters; those without a default are asked for.
new DistributionSampler('gamma', { shape: 2 }, { dim: 3 })
new DistributionSampler('n', { loc: 1 })
new DistributionSampler('choice', { a: [1, 2], p: [0.5, 0.5] })
new DistributionSampler('mvn', {
  mean: [0, 0],
  cov: [
    [1, 0],
    [0, 1],
  ],
})
// @ts-expect-error a misspelt distribution
new DistributionSampler('nomral')
// @ts-expect-error a parameter of another distribution
new DistributionSampler('normal', { shape: 1 })
// @ts-expect-error a missing parameter
new DistributionSampler('gamma', { scale: 1 })
// @ts-expect-error missing parameters
new DistributionSampler('gamma')
// @ts-expect-error a wrong type
new DistributionSampler('normal', { loc: '1' })

new ConstantSampler([1, 2])
// @ts-expect-error words are no points
new ConstantSampler('a')

same<ReturnType<typeof normal.add>, Sampler>(true)
normal.weighted(0.3).or(normal).and(new ConstantSampler(1))
normal.add(1).sub([1]).mul(normal).div(2).floorDiv(2).mod(3).pow(2)
// @ts-expect-error a mixture is of samplers
normal.or(3)
// @ts-expect-error no operand
normal.add('1')
normal.apply(([x]) => [x!, x!], { dim: 2 })
// @ts-expect-error points are numbers
normal.apply(() => 'x')
normal.truncate({ low: 0, high: [1], expr: ([x]) => x!, maxIters: 5, sampleAnyways: true })
// @ts-expect-error a misspelt option
normal.truncate({ lo: 0 })

new HistoSampler({ edges: [0, 1], bins: [1] }).update([0.5])
HistoSampler.fromData([[0, 1]], { bins: [2, 3] })
// @ts-expect-error no edges
new HistoSampler({ bins: [1] })
