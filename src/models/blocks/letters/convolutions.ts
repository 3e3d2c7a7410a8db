/** The letters of convolutions: `c w C t`. */
import { joinPath } from '../../../util/paths.js'
import { initializer } from '../../config/initializers.js'
import { failShape } from '../../plan/layer-rules.js'
import type { Padding } from '../../plan/layer-spec.js'
import type { Ref } from '../../plan/plan.js'
import type { LayerLetter, LetterSite } from './letter.js'
import { padLikeTorch } from './padding.js'

/** Where the input is, after any padding of its own, and what its convolution then does. */
function windowOf(site: LetterSite, input: Ref, path: string) {
  const [kernelSize, strides, dilationRate] = [site.each('kernel_size'), site.each('strides'), site.each('dilation_rate')]
  const { ref, padding } = padLikeTorch(site, input, path, { size: kernelSize, strides, dilationRate })
  return { ref, kernelSize, strides, dilationRate, padding }
}

const initializerOf = (site: LetterSite) => initializer.fill(site.value('initializer'))

export const c: LayerLetter = {
  summary: 'convolution',
  group: 'c',
  kind: 'conv',
  axes: [1, 3],
  add: (site, input) => {
    const path = site.name('conv')
    const filters = site.value<number | undefined>('filters') ?? failShape(site.path, 'c in the layout needs filters')
    const groups = site.value<number>('groups')
    const channels = input.shape.at(-1)!
    if (channels % groups !== 0 || filters % groups !== 0) {
      failShape(joinPath(site.path, 'groups'), `${groups} groups do not divide ${channels} channels into ${filters} filters`)
    }
    const { ref, ...window } = windowOf(site, input, path)
    const { use_bias: useBias } = site.value<{ use_bias: boolean }>('conv')
    return site.plan.layer(path, 'conv', { type: 'conv', filters, groups, useBias, initializer: initializerOf(site), ...window }, ref)
  },
}

export const w: LayerLetter = {
  summary: 'depthwise convolution',
  group: 'c',
  kind: 'depthwise',
  axes: [1, 2],
  add: (site, input) => depthwise(site, input, site.name('depthwise')),
}

function depthwise(site: LetterSite, input: Ref, path: string): Ref {
  const { ref, ...window } = windowOf(site, input, path)
  const { use_bias: useBias } = site.value<{ use_bias: boolean }>('conv')
  const depthMultiplier = site.value<number>('depth_multiplier')
  return site.plan.layer(
    path,
    'depthwise',
    { type: 'depthwise', depthMultiplier, useBias, initializer: initializerOf(site), ...window },
    ref,
  )
}

/** `…/separable/depthwise`, then `…/separable/pointwise`. */
export const C: LayerLetter = {
  summary: 'separable convolution: depthwise, then 1×1',
  group: 'c',
  kind: 'separable',
  axes: [1, 2],
  add: (site, input) => {
    const path = site.name('separable')
    const filters = site.value<number | undefined>('filters') ?? failShape(site.path, 'C in the layout needs filters')
    const { use_bias: useBias } = site.value<{ use_bias: boolean }>('conv')
    const ones = new Array(site.axes).fill(1)
    const wide = depthwise(
      { ...site, value: key => (key === 'conv' ? { use_bias: false } : site.value(key)) as never },
      input,
      `${path}/depthwise`,
    )
    const spec = {
      type: 'conv',
      filters,
      groups: 1,
      useBias,
      initializer: initializerOf(site),
      kernelSize: ones,
      strides: ones,
      dilationRate: ones,
      padding: 'same',
    } as const
    return site.plan.block(path, site.plan.layer(`${path}/pointwise`, 'conv', spec, wide))
  },
}

export const t: LayerLetter = {
  summary: 'transposed convolution',
  group: 'c',
  kind: 'transposed',
  axes: [1, 3],
  add: (site, input) => {
    const filters = site.value<number | undefined>('filters') ?? failShape(site.path, 't in the layout needs filters')
    const { use_bias: useBias } = site.value<{ use_bias: boolean }>('transposed_conv')
    const written = site.value<string>('padding')
    const padding: Padding = written === 'valid' ? 'valid' : 'same'
    const [kernelSize, strides] = [site.each('kernel_size'), site.each('strides')]
    const spec = { type: 'transposed', filters, kernelSize, strides, padding, useBias, initializer: initializerOf(site) } as const
    return site.plan.layer(site.name('transposed'), 'transposed', spec, input)
  },
}
