/** The letters that add positions: `b N X`. */
import { joinPath } from '../../../util/paths.js'
import { failShape } from '../../plan/layer-rules.js'
import type { LayerLetter } from './letter.js'

const upsampling = (op: 'bilinear' | 'nearest', summary: string): LayerLetter => ({
  summary,
  group: 'b',
  kind: 'upsample',
  axes: [1, 2],
  add: (site, input) => {
    const factors = site.each('factor')
    const size = input.shape.slice(0, -1).map((length, axis) => length * factors[axis]!)
    return site.plan.layer(site.name('upsample'), 'upsample', { type: 'upsample', op, size }, input)
  },
})

export const b = upsampling('bilinear', 'bilinear upsampling')
export const N = upsampling('nearest', 'upsampling by the nearest')

export const X: LayerLetter = {
  summary: 'subpixel upsampling: channels become positions',
  group: 'b',
  kind: 'subpixel',
  axes: [1, 2],
  add: (site, input) => {
    const factors = site.each('factor')
    const [factor = 1] = factors
    const [channels, parts] = [input.shape.at(-1)!, factor ** site.axes]
    if (factors.some(one => one !== factor) || channels % parts !== 0) {
      failShape(joinPath(site.path, 'factor'), `${channels} channels are not ${parts} times as many positions`, 'a factor for all axes')
    }
    return site.plan.layer(site.name('subpixel'), 'subpixel', { type: 'depthToSpace', factor }, input)
  },
}
