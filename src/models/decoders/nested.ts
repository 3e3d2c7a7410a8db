/** A decoder with steps from every size of the encoder (Zhou and others 2018, "UNet++"). */
import type { Ref } from '../plan/plan.js'
import type { DecoderConfig, DecoderSite } from './decoder.js'
import { addSkip, addStep, type StepOutput } from './step.js'
import { stepFilters } from './step-filters.js'
import { skipTaps } from './taps.js'
import { timesOf } from './upsampling.js'

/**
 * Row `i` has the tap of one size, then `i` nodes: each takes the node before it of the row of coarser ones, all nodes before it of its
 * own row, and the tap. The last node of a row has the filters of a step, the others those of the tap.
 */
export function addNested(site: DecoderSite, config: DecoderConfig): Ref {
  const taps = skipTaps(site.taps, config.skip)
  let above: readonly StepOutput[] = [{ output: site.input, stride: site.stride }]
  for (let i = 0; ; i++) {
    const last = above.at(-1)!
    const filters = stepFilters(i, last, site, config)
    if (filters === undefined) return last.output
    above = addRow(i, above, { site, config, taps, filters })
  }
}

interface Row {
  readonly site: DecoderSite
  readonly config: DecoderConfig
  readonly taps: ReadonlyMap<number, Ref>
  readonly filters: number
}

function addRow(i: number, above: readonly StepOutput[], { site, config, taps, filters }: Row): readonly StepOutput[] {
  const stride = above[0]!.stride / timesOf(config.upsample, site.common)
  const tap = taps.get(stride)
  const row: StepOutput[] = tap ? [{ output: tap, stride }] : []
  // Where the encoder has nothing, only the last node goes on.
  const froms = tap ? above : above.slice(-1)
  for (const [j, from] of froms.entries()) {
    const path = `decoder/group-${i}/node-${j}`
    const isLast = j === froms.length - 1
    row.push(
      addStep(from, site, config, {
        path,
        filters: isLast ? filters : row[0]!.output.shape.at(-1)!,
        skipsAt: (_, decoded) => {
          const nodes = row.slice(1).map(({ output }) => output)
          return tap ? [...nodes.reverse(), addSkip(tap, decoded, site, config, path)] : []
        },
      }),
    )
  }
  return row
}
