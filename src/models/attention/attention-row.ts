/** A kind of attention: what it adds after a tensor. */
import type { Options, OptionTable, ValuesOf } from '../../options/index.js'
import { options } from '../../options/index.js'
import type { Ref } from '../plan/plan.js'
import type { AttentionLayers } from './attention-layers.js'

/** Widths that the hidden layer of squeeze and excitation may be counted from, besides its own channels. */
export interface Widths {
  /** Channels that go into the block. */
  readonly block?: number
  /** Channels inside the block. */
  readonly hidden?: number
}

/** Where an attention is added. */
export interface AttentionSite {
  readonly input: Ref
  readonly path: string
  readonly layers: AttentionLayers
  readonly widths: Widths
  /** What comes through the decoder, for attention between two tensors. */
  readonly gate?: Ref | undefined
}

export interface AttentionRow<O extends OptionTable = any> {
  readonly summary: string
  readonly takes: Options<O>
  readonly add: (site: AttentionSite, options: ValuesOf<O>) => Ref
}

interface Definition<O extends OptionTable> extends Omit<AttentionRow<O>, 'takes'> {
  readonly options: O
}

export function attentionRow<const O extends OptionTable>({ summary, options: table, add }: Definition<O>): AttentionRow<O> {
  return { summary, takes: options(table), add }
}
