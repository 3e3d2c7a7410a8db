import { fail } from '../errors/index.js'
import { describeValue } from '../util/describe-value.js'
import type { DistributionName, DistributionParameters } from '../util/distributions/table.js'
import { deriveSeed } from '../util/seeds.js'
import { bindDistribution } from './bind-distribution.js'
import { Sampler, toPoint } from './sampler.js'

/** BatchFlow's short names of distributions. */
const aliases = {
  n: 'normal',
  u: 'uniform',
  mvn: 'multivariateNormal',
  e: 'exponential',
  g: 'gamma',
  be: 'beta',
  mnm: 'multinomial',
  f: 'f',
  p: 'poisson',
  w: 'weibull',
  ln: 'lognormal',
  b: 'binomial',
  chi2: 'chisquare',
  c: 'choice',
} as const satisfies Record<string, DistributionName>

type Alias = keyof typeof aliases
type Named<Name> = Name extends DistributionName ? Name : Name extends Alias ? (typeof aliases)[Name] : never

/**
 * Points of a distribution of numpy's Generator, by numpy's name or BatchFlow's short one; parameters by numpy's names. `dim` sets the
 * number of independent draws per point (default 1; a draw of a distribution of vectors has the dimensions of its vectors).
 *
 * @example
 * new DistributionSampler('gamma', { shape: 2, scale: 3 }).sample(100)
 * new DistributionSampler('n', { loc: 1 }, { dim: 3 }).sample(100)  // [100, 3]
 *
 * @throws MillraceError `unknown-name`, `unknown-option`, `missing-argument`, `wrong-value`, `wrong-parameters`, `sampler-stream`
 *
 * BatchFlow: `NumpySampler`. Its `ScipySampler` has the same distributions with other parameters.
 */
export class DistributionSampler<Name extends DistributionName | Alias> extends Sampler {
  constructor(
    name: Name,
    ...[parameters = {} as DistributionParameters<Named<Name>>, { dim = 1 } = {}]: {} extends DistributionParameters<Named<Name>>
      ? [parameters?: DistributionParameters<Named<Name>>, options?: DistributionSamplerOptions]
      : [parameters: DistributionParameters<Named<Name>>, options?: DistributionSamplerOptions]
  ) {
    const { draw, max, name: full } = bindDistribution(Object.hasOwn(aliases, name) ? aliases[name as Alias] : name, [], parameters)
    if (!(Number.isSafeInteger(dim) && dim >= 1))
      fail('wrong-value', { name: 'dim', seen: describeValue(dim), allowed: 'an integer from 1' })
    if (max !== Number.POSITIVE_INFINITY) fail('sampler-stream', { of: `${full} without replacement` })
    const point = (seed: number, position: number) => toPoint(draw(seed, position), `the distribution ${full}`)
    const { length } = point(0, 0)
    super(dim * length, 1, (seed, position, into, at) => {
      for (let k = 0; k < dim; k++) into.set(point(deriveSeed(seed, k), position), at + k * length)
    })
  }
}

export interface DistributionSamplerOptions {
  /** Independent draws per point. Default 1. */
  readonly dim?: number
}
