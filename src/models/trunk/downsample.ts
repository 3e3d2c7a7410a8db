/** Layers between groups, or after them, in place of strides: DenseNet's transitions, VGG's pooling. */
import { joinPath } from '../../util/paths.js'
import { convBlock } from '../blocks/conv-block.js'
import { parseLayout } from '../blocks/layout.js'
import { groupsTurnedOff, mergeSections, valueFor } from '../blocks/parameters.js'
import type { Section } from '../blocks/section.js'
import type { PlanBuilder, Ref } from '../plan/plan.js'
import type { StrideLimit } from './dilation.js'

interface DownsampleSite {
  readonly section: Section
  readonly common: Section
  readonly limit: StrideLimit
  /** Filters of the next group, if there is one. */
  readonly filters: number | undefined
}

export function addDownsample(plan: PlanBuilder, path: string, input: Ref, { section, common, limit, filters }: DownsampleSite): Ref {
  const { place: _, reduction, ...written } = section
  const channels = input.shape.at(-1)!
  const own = reduction === undefined ? (filters ?? channels) : Math.floor(channels * (reduction as number))
  const sections = [common, { filters: own }, written]
  const wanted = strideOf(mergeSections(...sections), path)
  const { strides, dilation } = limit.next(wanted)
  const kept = strides === wanted ? {} : { strides: 1, pool_strides: 1, dilation_rate: dilation }
  return convBlock(plan, input, path, ...sections, kept)
}

/** The product of the strides of its layers. */
function strideOf(section: Section, path: string): number {
  const items = parseLayout((section.layout as string | null) ?? '', joinPath(path, 'layout'), groupsTurnedOff(section))
  const keys: Readonly<Record<string, string>> = { c: 'strides', p: 'pool_strides' }
  return items.reduce((product, item) => {
    const key = keys[item.row.group]
    return key === undefined ? product : product * Math.max(...[valueFor(section, key, item, path) as number | number[]].flat())
  }, 1)
}
