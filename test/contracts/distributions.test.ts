/** Every distribution and every sampler: summary, schema, both doors, parameters and their defaults, an error for each wrong one. */
import { expect } from 'chai'
import { MillraceError } from '../../src/errors/index.js'
import { registry } from '../../src/experiment.js'
import { assembleSchema } from '../../src/pipeline/description/schema/assemble-schema.js'
import { R } from '../../src/pipeline/index.js'
import { bindDistribution } from '../../src/samplers/bind-distribution.js'
import * as samplers from '../../src/samplers/index.js'
import { type DistributionName, distributionNames, distributionOf } from '../../src/util/distributions/table.js'
import { NdArray } from '../../src/util/nd-array.js'
import { docstringsIn } from './support/docstrings.js'
import { actionsIn, empty } from './support/doors.js'

type Parameters = Readonly<Record<string, unknown>>

/** For each distribution all its parameters, and for each of them another value. */
const examples = {
  uniform: { low: [1, 0], high: [3, 2] },
  integers: { low: [1, 0], high: [9, 5] },
  bernoulli: { p: [0.5, 1] },
  normal: { loc: [1, 2], scale: [2, 3] },
  lognormal: { mean: [0, 1], sigma: [1, 2] },
  exponential: { scale: [1, 2] },
  laplace: { loc: [1, 2], scale: [2, 3] },
  logistic: { loc: [1, 2], scale: [2, 3] },
  gumbel: { loc: [1, 2], scale: [2, 3] },
  rayleigh: { scale: [1, 2] },
  weibull: { a: [1, 2] },
  pareto: { a: [1, 2] },
  power: { a: [1, 2] },
  triangular: { left: [0, -1], mode: [2, 1], right: [3, 5] },
  geometric: { p: [0.3, 0.05] },
  gamma: { shape: [2, 3], scale: [1, 2] },
  beta: { a: [2, 3], b: [2, 3] },
  chisquare: { df: [2, 3] },
  f: { dfnum: [4, 5], dfden: [6, 7] },
  standardT: { df: [3, 2] },
  vonmises: { mu: [0, 1], kappa: [2, 3] },
  binomial: { n: [30, 50], p: [0.3, 0.6] },
  poisson: { lam: [3, 30] },
  multivariateNormal: {
    mean: [[0, 1], [2, 3]],
    cov: [[[1, 0], [0, 1]], [[2, 0], [0, 3]]],
  }, // biome-ignore format: vectors and matrices
  dirichlet: { alpha: [[1, 2], [5, 1]] }, // biome-ignore format: vectors
  multinomial: { n: [30, 50], pvals: [[0.5, 0.5], [0.1, 0.9]] }, // biome-ignore format: vectors
  choice: { a: [[5, 6, 7], [8, 9, 10]], p: [[0.2, 0.3, 0.5], [0, 0, 1]], replace: [true, false] }, // biome-ignore format: vectors
} as const satisfies Record<DistributionName, Readonly<Record<string, readonly [unknown, unknown]>>>

const counters = Array.from({ length: 30 }, (_, i) => i)
const drawsOf = (name: DistributionName, parameters: Parameters): readonly unknown[] => {
  const { draw, max } = bindDistribution(name, [], parameters)
  return counters.filter(i => i < max).map(i => draw(7, i))
}

const definitions = assembleSchema(registry).definitions as {
  'plain-expression': { anyOf: { properties?: { R?: { anyOf: { enum?: string[] }[] } } }[] }
}
const inSchema = definitions['plain-expression'].anyOf.flatMap(
  ({ properties }) => properties?.R?.anyOf.flatMap(({ enum: names = [] }) => names) ?? [],
)

describe('contract: every distribution', () => {
  it('can be named in a file', () => expect(inSchema).to.have.members([...distributionNames]))

  for (const name of distributionNames) {
    const row = distributionOf(name)
    const parameters: Readonly<Record<string, readonly [unknown, unknown]>> = examples[name]
    const all = Object.fromEntries(Object.entries(parameters).map(([parameter, [value]]) => [parameter, value]))
    const optional = Object.entries(row.parameters).filter(([, { standard }]) => standard !== undefined)

    describe(name, () => {
      it('has a summary, and says what each parameter may be', () => {
        expect(row.summary).to.match(/\.$/)
        for (const [parameter, { allowed }] of Object.entries(row.parameters)) expect(allowed, parameter).to.match(/^\S/)
      })

      it('has these parameters, and each changes the draws', () => {
        expect(Object.keys(parameters)).to.deep.equal(Object.keys(row.parameters))
        for (const [parameter, [, other]] of Object.entries(parameters)) {
          expect(drawsOf(name, { ...all, [parameter]: other }), parameter).not.to.deep.equal(drawsOf(name, all))
        }
      })

      it('uses the defaults of its table', () => {
        for (const [parameter, { standard }] of optional) {
          const { [parameter]: _, ...rest } = all
          // A high of null makes low the end.
          const others = name === 'integers' ? { low: 5 } : rest
          expect(drawsOf(name, { ...others, [parameter]: standard }), parameter).to.deep.equal(drawsOf(name, others))
        }
      })

      it('draws numbers of the kind its row names', () => {
        const { yields } = bindDistribution(name, [], all)
        const draws = drawsOf(name, all).flat()
        if (yields !== 'items') expect(draws.every(value => typeof value === 'number' && Number.isFinite(value))).to.equal(true)
        if (yields === 'integers') expect(draws.every(Number.isInteger)).to.equal(true)
      })

      it('takes its parameters by position as by name', () => {
        const { draw } = bindDistribution(name, Object.values(all))
        expect(counters.slice(0, 3).map(i => draw(7, i))).to.deep.equal(drawsOf(name, all).slice(0, 3))
      })

      it('means the same through both doors', () => {
        const fluent = (empty() as any).update({}, R(name, ...(Object.values(all) as never[]), { size: 2 } as never)).spec.actions
        const { value } = fluent[0].update
        const [, written] = actionsIn(['initVariable: { name: v }', `update: { dst: !V v, value: ${JSON.stringify(value)} }`]) as any[]
        expect(written.update.value).to.deep.equal(value)
        expect(value.R).to.equal(name)
      })

      it('refuses unknown, missing and wrong parameters', () => {
        expect(() => drawsOf(name, { ...all, nonsense: 1 })).to.throw(
          MillraceError,
          new RegExp(`${name} has no option nonsense. Allowed: ${Object.keys(all).join(', ')}`),
        )
        for (const parameter of Object.keys(parameters)) {
          const { [parameter]: _, ...rest } = all
          if (!optional.some(([other]) => other === parameter)) {
            expect(() => drawsOf(name, rest), parameter).to.throw(MillraceError, `needs ${parameter}`)
          }
          expect(() => drawsOf(name, { ...all, [parameter]: 'no such value' }), parameter).to.throw(
            MillraceError,
            new RegExp(`${parameter} of the distribution ${name}.*Seen: "no such value"\\. Allowed: `),
          )
        }
      })

      it('is a sampler too', () => {
        if (name === 'choice') return
        const sampler = new samplers.DistributionSampler(name as 'normal', all as never)
        const drawn = sampler.sample(4, { seed: 1 })
        expect(drawn).to.be.instanceOf(NdArray)
        expect(drawn.shape).to.deep.equal([4, sampler.dim])
      })
    })
  }
})

/** A sampler of each class that is exported. */
const made = {
  ConstantSampler: () => new samplers.ConstantSampler([1, 2]),
  DistributionSampler: () => new samplers.DistributionSampler('normal', {}, { dim: 2 }),
  HistoSampler: () => new samplers.HistoSampler({ edges: [[0, 1, 2], [0, 3, 4]], bins: [1, 2, 3, 4] }), // biome-ignore format: edges
  Sampler: () => new samplers.ConstantSampler([1, 2]).add(1),
} as const satisfies Record<keyof typeof samplers, () => samplers.Sampler>

describe('contract: every sampler', () => {
  const docstrings = docstringsIn('samplers')
  for (const [name, make] of Object.entries(made)) {
    it(`${name} has a docstring with an example`, () => expect(docstrings.get(name)).to.include('@example'))

    it(`${name} returns points of its dimensions, any slice of them alone`, () => {
      const sampler = make()
      const points = sampler.sample(6, { seed: 3 })
      expect(points.shape).to.deep.equal([6, sampler.dim])
      expect(points.slice(2, 5).toNested()).to.deep.equal(sampler.sample(3, { seed: 3, position: 2 }).toNested())
      expect(sampler.sample(0).shape).to.deep.equal([0, sampler.dim])
    })

    it(`${name} refuses a wrong size, position and seed`, () => {
      for (const [what, call] of [
        ['size', () => make().sample(-1)],
        ['position', () => make().sample(1, { position: 0.5 })],
        ['seed', () => make().sample(1, { seed: -1 })],
      ] as const) {
        expect(call, what).to.throw(MillraceError, what)
      }
    })
  }
})
