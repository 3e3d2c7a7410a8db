/** The letters of pooling: `p v P V`. */
import type { Padding } from '../../plan/layer-spec.js'
import type { LayerLetter } from './letter.js'
import { padLikeTorch } from './padding.js'

const pooling = (op: 'max' | 'mean', summary: string): LayerLetter => {
  const kind = op === 'max' ? 'pool' : 'mean-pool'
  return {
    summary,
    group: 'p',
    kind,
    axes: [1, 3],
    add: (site, input) => {
      const path = site.name(kind)
      const [poolSize, strides] = [site.each('pool_size'), site.each('pool_strides')]
      const written = site.value<Padding | 'torch' | undefined>('pool_padding') ?? site.value<Padding | 'torch'>('padding')
      const { ref, padding } = padLikeTorch(site, input, path, { size: poolSize, strides, written, takesMaximum: op === 'max' })
      return site.plan.layer(path, kind, { type: 'pool', op, poolSize, strides, padding }, ref)
    },
  }
}

const globalPooling = (op: 'max' | 'mean', summary: string): LayerLetter => {
  const kind = op === 'max' ? 'gmp' : 'gap'
  return {
    summary,
    group: 'P',
    kind,
    axes: [1, 2],
    add: (site, input) => site.plan.layer(site.name(kind), kind, { type: 'globalPool', op }, input),
  }
}

export const p = pooling('max', 'max pooling')
export const v = pooling('mean', 'mean pooling')
export const P = globalPooling('max', 'global max pooling')
export const V = globalPooling('mean', 'global mean pooling')
