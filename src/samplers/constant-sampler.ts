import { constant, Sampler } from './sampler.js'

/**
 * Points that are all equal: a number, or a list with one number per dimension. BatchFlow: `ConstantSampler`.
 *
 * @example
 * new ConstantSampler([0, 1]).or(new ConstantSampler([1, 0])).sample(4)
 *
 * @throws MillraceError `sampler-values`
 */
export class ConstantSampler extends Sampler {
  constructor(value: number | ArrayLike<number>) {
    const { dim, write } = constant(value)
    super(dim, 1, write)
  }
}
