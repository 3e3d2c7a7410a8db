/** What each block of a trunk is: its type, options, parameters of layouts, filters and stride. */
import type { ValueOf } from '../../options/index.js'
import { isPlainObject } from '../../util/json.js'
import type { AttentionChoice } from '../attention/table.js'
import type { BlockType } from '../blocks/block-type.js'
import type { DropPath } from '../blocks/end-branch.js'
import type { Section } from '../blocks/section.js'
import { blockTypes } from '../blocks/types/registered.js'
import { attention } from '../config/attention.js'
import { failSection } from '../config/check-config.js'
import { failShape } from '../plan/layer-rules.js'
import { roundWidth } from '../plan/round-width.js'
import { dropPathOptions, trunkOptions } from './keys.js'

type Sections = 'block' | 'by_group' | 'downsample'
type GroupSection = Section & { readonly by_block?: readonly Section[]; readonly downsample?: Section | null }

/** A trunk's keys with their defaults; sections of layouts as they are written, for their defaults are those of all parts. */
export type Trunk = Omit<ValueOf<typeof trunkOptions>, Sections> & {
  readonly block: Section
  readonly by_group: readonly GroupSection[] | undefined
  readonly downsample: Section | null
}

export function readTrunk({ block, by_group, downsample, ...rest }: Section): Trunk {
  return {
    ...trunkOptions.fill(rest),
    block: (block ?? {}) as Section,
    by_group: by_group as readonly GroupSection[] | undefined,
    downsample: (downsample ?? null) as Section | null,
  }
}

export interface BlockPlan {
  readonly type: BlockType
  readonly options: object
  /** The parameters of layouts that are written. */
  readonly parameters: Section
  readonly filters: number
  readonly strides: number
  readonly attention: AttentionChoice | null
  readonly dropPath: DropPath | undefined
}

export interface GroupPlan {
  readonly blocks: readonly BlockPlan[]
  readonly downsample: Section | null
}

interface Around {
  /** The trunk's path. */
  readonly path: string
  /** The filters before it. */
  readonly firstFilters: unknown
  readonly commonAttention: unknown
}

/** The kind of block where a config does not say it. */
export const defaultType = 'residual'

/** The groups of a trunk; `width_factor` and `depth_factor` are applied. */
export function planGroups(trunk: Trunk, { path, firstFilters, commonAttention }: Around): readonly GroupPlan[] {
  const written =
    trunk.num_blocks ?? failShape(`${path}/num_blocks`, 'the number of blocks in each group is missing', 'a list such as [2, 2, 2, 2]')
  const counts = written.map(count => Math.ceil(count * trunk.depth_factor))
  const filters = filtersOf(trunk, path, { written, counts }, firstFilters)
  const strides = trunk.strides ?? counts.map((_, group) => (group === 0 || trunk.downsample ? 1 : 2))
  for (const [key, list] of [
    ['strides', strides],
    ['by_group', trunk.by_group],
  ] as const) {
    if (list && list.length !== counts.length)
      failShape(`${path}/${key}`, `${list.length} entries for ${counts.length} groups`, `a list of ${counts.length}`)
  }
  const outside = trunk.attention_groups?.find(group => group >= counts.length)
  if (outside !== undefined) failShape(`${path}/attention_groups`, `there is no group ${outside}`, `numbers from 0 to ${counts.length - 1}`)
  const rates = dropPaths(
    trunk.drop_path,
    counts.reduce((sum, count) => sum + count, 0),
  )
  let number = 0
  const planned = counts.map((count, group) => {
    const { by_block = [], downsample = trunk.downsample, ...entry } = trunk.by_group?.[group] ?? {}
    const where = `${path}/by_group/${group}`
    if (by_block.length > 0 && by_block.length !== written[group]) {
      failShape(`${where}/by_block`, `${by_block.length} entries for ${written[group]} blocks`, `a list of ${written[group]}`)
    }
    const hasAttention = trunk.attention_groups?.includes(group) ?? true
    const blocks = Array.from({ length: count }, (_, block): BlockPlan => {
      const section = mergeBlock(mergeBlock(trunk.block, entry), by_block[Math.min(block, by_block.length - 1)] ?? {})
      const keys = readBlock(section, `${path}/block`)
      return {
        ...keys,
        filters: filters[group]![block]!,
        strides: block === 0 ? strides[group]! : 1,
        attention: hasAttention ? attentionOf(section, commonAttention, `${path}/block`) : null,
        dropPath: rates[number++],
      }
    })
    return { blocks, downsample }
  })
  const takesFilters = planned.some(({ blocks }) => blocks.some(({ type }) => type.takesFilters))
  const idle = (['filters', 'widening'] as const).find(key => trunk[key] !== undefined && trunk[key] !== null)
  if (idle && !takesFilters)
    failShape(`${path}/${idle}`, `the blocks have widths of their own, and take no ${idle}`, `keys of ${path}/block`)
  return planned
}

/** Sections of a block that are merged key by key. */
const mergedSections: ReadonlySet<string> = new Set(['conv', 'batch_norm', 'dense', 'squeeze'])

/** Later keys win; sections of layers are merged. Another type takes none of the keys before. */
export function mergeBlock(base: Section, own: Section): Section {
  if (own.type !== undefined && own.type !== (base.type ?? defaultType)) return own
  const merged: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(own)) {
    const before = merged[key]
    merged[key] = mergedSections.has(key) && isPlainObject(value) && isPlainObject(before) ? mergeBlock(before, value) : value
  }
  return merged
}

/** A block's keys by whom they are for. Keys that its type does not have are errors. */
export function readBlock(section: Section, path: string): Pick<BlockPlan, 'type' | 'options' | 'parameters'> {
  const { type: name = defaultType, attention: _, ...keys } = section as Section & { readonly type?: string }
  const type = blockTypes.get(name)!
  const known = { ...type.options.table, ...type.parameters }
  const unknown = Object.keys(keys).find(key => !Object.hasOwn(known, key))
  if (unknown !== undefined) failShape(`${path}/${unknown}`, `${name} blocks have no key ${unknown}`, Object.keys(known).join(', '))
  const own = Object.keys(type.options.table)
  const options = Object.fromEntries(Object.entries(keys).filter(([key]) => own.includes(key)))
  failSection(type.options, options, path)
  return {
    type,
    options: type.options.fill(options),
    parameters: Object.fromEntries(Object.entries(keys).filter(([key]) => !own.includes(key))),
  }
}

/** The block's own attention, also by its old key `se_block`; else that of all parts. */
export function attentionOf(section: Section, common: unknown, path: string): AttentionChoice | null {
  if (section.attention !== undefined && section.se_block !== undefined) {
    failShape(`${path}/se_block`, 'attention and se_block are the same', 'one of them')
  }
  const written = section.attention ?? (section.attention === null ? null : undefined)
  if (written !== undefined) return attention.fill(written)
  if (isPlainObject(section.se_block)) return attention.fill({ type: 'se', ...section.se_block })
  return attention.fill(section.se_block ?? common ?? null)
}

function filtersOf(
  { filters, widening, width_factor, width_divisor }: Trunk,
  path: string,
  { written, counts }: { readonly written: readonly number[]; readonly counts: readonly number[] },
  first: unknown,
): readonly (readonly number[])[] {
  const widen = widenBy(width_factor, width_divisor)
  const start = [first].flat().at(-1) as number
  if (widening !== null) {
    let grown = start
    return counts.map(count => Array.from({ length: count }, () => (grown += widening)))
  }
  const all = filters
    ? filters.map(one => (Array.isArray(one) ? one.map(widen) : widen(one as number)))
    : counts.map((_, group) => start * 2 ** group)
  if (all.length !== counts.length) {
    failShape(`${path}/filters`, `${all.length} numbers of filters for ${counts.length} groups`, `a list of ${counts.length}`)
  }
  return all.map((one, group) => {
    if (!Array.isArray(one)) return new Array(counts[group]!).fill(one)
    if (one.length !== written[group])
      failShape(`${path}/filters/${group}`, `${one.length} numbers of filters for ${written[group]} blocks`, `a list of ${written[group]}`)
    // Blocks that depth_factor adds are as the last one.
    return Array.from({ length: counts[group]! }, (_, block) => one[Math.min(block, one.length - 1)])
  })
}

/** A width times a factor, rounded to a multiple; by the factor 1 it stays as it is. */
export const widenBy = (factor: number, divisor: number) => (width: number) => (factor === 1 ? width : roundWidth(width * factor, divisor))

/** Stochastic depth of each block: rates grow in a line from the first block to the last. */
function dropPaths(written: Trunk['drop_path'], count: number): readonly (DropPath | undefined)[] {
  const { rate, first, mode, scale } = dropPathOptions.fill(typeof written === 'number' ? { rate: written } : written)
  if (rate === 0 && first === 0) return new Array(count).fill(undefined)
  return Array.from({ length: count }, (_, i) => ({ rate: first + ((rate - first) * i) / Math.max(1, count - 1), mode, scale }))
}
