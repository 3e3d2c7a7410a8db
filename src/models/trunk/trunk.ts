/** A trunk: groups of blocks, the body of a classifier or the encoder of a segmenter. */
import { joinPath } from '../../util/paths.js'
import { addAttention } from '../attention/add-attention.js'

import { mergeSections } from '../blocks/parameters.js'
import type { Section } from '../blocks/section.js'
import { attention } from '../config/attention.js'
import type { PlanBuilder, Ref } from '../plan/plan.js'
import { StrideLimit } from './dilation.js'
import { addDownsample } from './downsample.js'
import { type BlockPlan, planGroups, readTrunk, widenBy } from './groups.js'

interface TrunkSite {
  readonly plan: PlanBuilder
  /** `body` or `encoder`. */
  readonly path: string
  readonly entry: Ref
  /** The stride before it. */
  readonly entryStride: number
  /** The section of the config. */
  readonly section: Section
  /** The parameters of all parts. */
  readonly common: Section
  /** The filters of the initial block. */
  readonly firstFilters: unknown
}

export interface TrunkOutput {
  readonly output: Ref
  /** Outputs of blocks, and of what stands around the groups, in order. */
  readonly ends: readonly Ref[]
}

/** Adds the groups, each block and each group named. */
export function addTrunk({ plan, path, entry, entryStride, section, common, firstFilters }: TrunkSite): TrunkOutput {
  const trunk = readTrunk(section)
  const groups = planGroups(trunk, { path, firstFilters, commonAttention: common.attention })
  const limit = new StrideLimit(trunk.output_stride, entryStride)
  const widen = widenBy(trunk.width_factor, trunk.width_divisor)
  const groupAttention = attention.fill(trunk.attention)
  const ends: Ref[] = []
  let last = entry
  for (const [number, { blocks, downsample }] of groups.entries()) {
    const at = `${path}/group-${number}`
    for (const [i, block] of blocks.entries()) {
      last = addBlock(block, { plan, path: `${at}/block-${i}`, input: last, common, widen, limit })
      ends.push(last)
    }
    if (groupAttention) {
      last = addAttention(plan, last, joinPath(at, groupAttention.type), groupAttention, mergeSections(common))
      ends.push(last)
    }
    const next = groups[number + 1]
    if (downsample && (next || downsample.place === 'after')) {
      last = addDownsample(plan, joinPath(at, 'downsample'), last, {
        section: downsample,
        common,
        limit,
        filters: next?.blocks[0]?.filters,
      })
      ends.push(last)
    }
    plan.block(at, last)
  }
  return { output: last, ends }
}

/** Where a single block is added. */
export interface SingleSite {
  readonly plan: PlanBuilder
  readonly path: string
  readonly input: Ref
  readonly common: Section
  readonly widen: (width: number) => number
  readonly limit: StrideLimit
}

/** Adds a block, and its attention where its kind has it. */
export function addBlock(
  { type, options, parameters, filters, strides, attention: own, dropPath }: BlockPlan,
  { limit, common, ...site }: SingleSite,
): Ref {
  const { plan, path } = site
  const sections = [common, parameters]
  const output = type.add(
    {
      ...site,
      ...limit.next(strides),
      filters,
      sections,
      dropPath,
      attend: (input, widths) =>
        own ? addAttention(plan, input, joinPath(path, own.type), own, mergeSections(...sections), { widths }) : input,
    },
    options,
  )
  return plan.block(path, output)
}
