/** One step of a decoder: positions are made, what the encoder has there is joined, a block follows. */
import { joinPath } from '../../util/paths.js'
import { addAttention } from '../attention/add-attention.js'
import { convBlock } from '../blocks/conv-block.js'
import type { Section } from '../blocks/section.js'
import { attention as attentionType } from '../config/attention.js'
import { failShape } from '../plan/layer-rules.js'
import type { Ref } from '../plan/plan.js'
import { addSingleBlock } from '../trunk/single-block.js'
import { attentionSection, type DecoderConfig, type DecoderSite } from './decoder.js'
import { addUpsampling, fitTo, timesOf } from './upsampling.js'

interface Step {
  readonly path: string
  readonly filters: number
  /** What is joined to the decoded tensor at a stride. */
  readonly skipsAt: (stride: number, decoded: Ref) => readonly Ref[]
}

export interface StepOutput {
  readonly output: Ref
  readonly stride: number
}

export function addStep(from: StepOutput, site: DecoderSite, config: DecoderConfig, { path, filters, skipsAt }: Step): StepOutput {
  const { plan, common, taps } = site
  let { output, stride } = from
  for (const stage of config.order) {
    switch (stage) {
      case 'upsampling': {
        const at = joinPath(path, 'upsample')
        const more = addUpsampling(output, { plan, path: at, common, section: config.upsample, filters })
        stride /= timesOf(config.upsample, common)
        output = fitTo(plan, path, more, taps.sizeAt(stride), config.combine.resize)
        break
      }
      case 'combine':
        output = combine(output, skipsAt(stride, output), site, config, path)
        break
      case 'block':
        if (config.block) {
          const place = { plan, path: joinPath(path, 'block-0'), input: output, common, key: 'decoder/block' }
          output = addSingleBlock(place, config.block, filters)
        }
        break
      default:
        stage satisfies never
    }
  }
  const { attention } = config
  if (attention) output = addAttention(plan, output, joinPath(path, attention.type), attention, attentionSection(common))
  return { output: plan.block(path, output), stride }
}

function combine(input: Ref, skips: readonly Ref[], { plan, common }: DecoderSite, { combine: how }: DecoderConfig, path: string): Ref {
  if (skips.length === 0) return input
  const channels = [input, ...skips].map(({ shape }) => shape.at(-1)!)
  if (how.op === 'sum' && new Set(channels).size > 1)
    failShape('decoder/combine/op', `sum of tensors of ${channels.join(' and ')} channels`, 'decoder/skip/layout: c, or concat')
  const joined =
    how.op === 'sum'
      ? plan.layer(joinPath(path, 'sum'), 'sum', { type: 'add' }, input, ...skips)
      : plan.layer(joinPath(path, 'concat'), 'concat', { type: 'concat' }, input, ...skips)
  if (!how.attention) return joined
  return addAttention(plan, joined, joinPath(path, `combine/${how.attention.type}`), how.attention, attentionSection(common))
}

/** What the encoder has, through the layers and the attention of `skip`. */
export function addSkip(tap: Ref, decoded: Ref, { plan, common }: DecoderSite, { skip, combine }: DecoderConfig, path: string): Ref {
  const { attention: written = null, at: _, ...section } = skip as Section & { readonly attention?: unknown }
  const at = joinPath(path, 'skip')
  const filters = combine.op === 'sum' ? decoded.shape.at(-1)! : tap.shape.at(-1)!
  const layers = section.layout ? convBlock(plan, tap, at, common, { filters }, section) : tap
  const attention = attentionType.fill(written)
  if (!attention) return layers
  return addAttention(plan, layers, joinPath(at, attention.type), attention, attentionSection(common, section), { gate: decoded })
}
