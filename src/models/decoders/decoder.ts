/** Where a decoder is added, and its config. */
import type { ValueOf } from '../../options/index.js'
import { mergeSections } from '../blocks/parameters.js'
import type { Section } from '../blocks/section.js'
import { failShape } from '../plan/layer-rules.js'
import type { PlanBuilder, Ref } from '../plan/plan.js'
import { type combineOptions, type DecoderTypeName, decoderOptions, keysOfType } from './keys.js'
import type { Taps } from './taps.js'

export interface DecoderSite {
  readonly plan: PlanBuilder
  /** What it starts from: the embedding, or the end of the encoder. */
  readonly input: Ref
  readonly stride: number
  readonly taps: Taps
  /** Parameters of all parts. */
  readonly common: Section
  /** The number of outputs of the network; undefined if it is not known. */
  readonly outputs: number | undefined
}

/** A decoder's keys; sections of layouts as they are written, for their defaults are those of all parts. */
export interface DecoderConfig extends Pick<ValueOf<typeof decoderOptions>, 'filters' | 'order' | 'attention'> {
  readonly type: DecoderTypeName
  readonly combine: ValueOf<typeof combineOptions>
  readonly upsample: Section
  /** Null: the decoder takes nothing of the encoder but its end. */
  readonly skip: Section | null
  readonly block: Section | null
}

export function readDecoder({ upsample, skip, block, combine, ...rest }: Section): DecoderConfig {
  const { type, filters, order, attention } = decoderOptions.fill(rest)
  const known: readonly string[] = ['type', ...keysOfType[type]]
  const written = { upsample, skip, block, combine, ...rest } as Section
  const foreign = Object.keys(written).find(key => written[key] !== undefined && !known.includes(key))
  if (foreign !== undefined) failShape(`decoder/${foreign}`, `a decoder of the type ${type} has no key ${foreign}`, known.join(', '))
  return {
    type,
    filters,
    order,
    attention,
    combine: decoderOptions.fill({ combine: combine ?? {} }).combine!,
    upsample: (upsample ?? {}) as Section,
    skip: skip === null ? null : ((skip ?? {}) as Section),
    block: block === null ? null : ((block ?? {}) as Section),
  }
}

/** The parameters of a part's attentions. */
export const attentionSection = (common: Section, section: Section = {}): Section => mergeSections(common, section)
