/** The letters of normalisations: `n l`. */
import { joinPath } from '../../../util/paths.js'
import { type NormChoice, normChoice } from '../../config/norms.js'
import { failShape } from '../../plan/layer-rules.js'
import type { LayerSpec } from '../../plan/layer-spec.js'
import type { LayerLetter, LetterSite } from './letter.js'

export const n: LayerLetter = {
  summary: 'normalisation, of the batch unless norm says otherwise',
  group: 'n',
  kind: 'norm',
  add: (site, input) =>
    site.plan.layer(site.name('norm'), 'norm', normOf(site, normChoice.fill(site.value('norm')), input.shape.at(-1)!), input),
}

export const l: LayerLetter = {
  summary: 'layer normalisation over the channels',
  group: 'n',
  kind: 'norm',
  add: (site, input) => site.plan.layer(site.name('norm'), 'norm', { type: 'layerNorm', epsilon: 1e-6 }, input),
}

function normOf(site: LetterSite, norm: NormChoice, channels: number): LayerSpec {
  switch (norm.type) {
    case 'batch': {
      const { momentum, epsilon } = site.value<{ momentum: number; epsilon: number }>('batch_norm')
      return { type: 'norm', momentum, epsilon }
    }
    case 'layer':
      return { type: 'layerNorm', epsilon: norm.epsilon }
    case 'group':
      if (channels % norm.groups !== 0) {
        failShape(
          joinPath(site.path, 'norm/groups'),
          `${norm.groups} groups do not divide ${channels} channels`,
          'a divisor of the channels',
        )
      }
      return { type: 'groupNorm', groups: norm.groups, epsilon: norm.epsilon }
    case 'instance':
      return { type: 'groupNorm', groups: channels, epsilon: norm.epsilon }
    default:
      return norm satisfies never
  }
}
