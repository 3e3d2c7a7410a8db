/** The letters of layers that look at each position alone: `a d f`, and `S`, the attention of the part. */
import { joinPath } from '../../../util/paths.js'
import { addAttention } from '../../attention/add-attention.js'
import { activationName } from '../../config/activations.js'
import { attention } from '../../config/attention.js'
import { initializer } from '../../config/initializers.js'
import { failShape } from '../../plan/layer-rules.js'
import type { LayerLetter } from './letter.js'

export const a: LayerLetter = {
  summary: 'activation',
  group: 'a',
  kind: 'activation',
  add: (site, input) => {
    const activation = activationName(site.value('activation'))
    if (!activation) return input
    const spec = activation === 'prelu' ? ({ type: 'prelu' } as const) : ({ type: 'activation', activation } as const)
    return site.plan.layer(site.name('activation'), 'activation', spec, input)
  },
}

export const d: LayerLetter = {
  summary: 'dropout',
  group: 'd',
  kind: 'dropout',
  add: (site, input) => {
    const rate = site.value<number>('dropout_rate')
    return rate > 0 ? site.plan.layer(site.name('dropout'), 'dropout', { type: 'dropout', rate }, input) : input
  },
}

export const f: LayerLetter = {
  summary: 'dense, after flattening',
  group: 'f',
  kind: 'dense',
  add: (site, input) => {
    const { plan } = site
    const flat = input.shape.length > 1 ? plan.layer(site.name('flatten'), 'flatten', { type: 'flatten' }, input) : input
    const units =
      site.value<number | undefined>('units') ??
      failShape(site.path, 'f in the layout needs units', 'units of this part, or targets with classes or a shape')
    const { use_bias: useBias } = site.value<{ use_bias: boolean }>('dense')
    return plan.layer(
      site.name('dense'),
      'dense',
      { type: 'dense', units, useBias, initializer: initializer.fill(site.value('initializer')) },
      flat,
    )
  },
}

export const S: LayerLetter = {
  summary: 'the attention of the part',
  group: 'S',
  kind: 'attention',
  add: (site, input) => {
    const choice =
      attention.fill(site.value('attention')) ??
      failShape(joinPath(site.path, 'layout'), 'S in the layout needs an attention', 'attention: se')
    return addAttention(site.plan, input, site.name('attention'), choice, site.section)
  },
}
