/** A kind of block: its keys, and the layers that it adds. */
import { type Options, type OptionTable, options, type ValuesOf } from '../../options/index.js'
import type { Widths } from '../attention/attention-row.js'
import type { PlanBuilder, Ref } from '../plan/plan.js'
import type { DropPath } from './end-branch.js'
import type { Section } from './section.js'

/** Where a block is added, and what its group says. */
export interface BlockSite {
  readonly plan: PlanBuilder
  /** The block's path, e.g. `body/group-0/block-1`. */
  readonly path: string
  readonly input: Ref
  /** Filters of its output. */
  readonly filters: number
  /** Its stride along all axes. */
  readonly strides: number
  /** Multiplies the dilation of its convolutions. */
  readonly dilation: number
  /** True if `output_stride` turns strides into dilations here: convolutions and pooling are padded, so that no positions are lost. */
  readonly keepsPositions: boolean
  /** Parameters of all parts, then those of layouts that the block's section says. */
  readonly sections: readonly Section[]
  /** A width of the block's own, by the trunk's `width_factor`. */
  readonly widen: (width: number) => number
  /** Adds the block's attention, if it has one. */
  readonly attend: (input: Ref, widths?: Widths) => Ref
  /** Stochastic depth of its branches. */
  readonly dropPath: DropPath | undefined
}

export interface BlockType<O extends OptionTable = any, P extends OptionTable = OptionTable> {
  readonly summary: string
  /** Its own keys. */
  readonly options: Options<O>
  /** The parameters of layouts that it passes on. */
  readonly parameters: P
  /** False if its width is a key of its own: `filters` of the trunk do nothing. */
  readonly takesFilters: boolean
  readonly add: (site: BlockSite, options: ValuesOf<O>) => Ref
}

interface Definition<O extends OptionTable, P extends OptionTable> extends Omit<BlockType<O, P>, 'options' | 'takesFilters'> {
  readonly keys: O
  readonly takesFilters?: boolean
}

export function blockType<const O extends OptionTable, const P extends OptionTable>({
  keys,
  takesFilters = true,
  ...row
}: Definition<O, P>): BlockType<O, P> {
  return { ...row, takesFilters, options: options(keys) }
}
