/** A decoder of steps: from the coarsest size to that of the input. BatchFlow: `EncoderDecoder.decoder`. */
import type { Ref } from '../plan/plan.js'
import type { DecoderConfig, DecoderSite } from './decoder.js'
import { addSkip, addStep, type StepOutput } from './step.js'
import { stepFilters } from './step-filters.js'
import { skipTaps } from './taps.js'

export function addSteps(site: DecoderSite, config: DecoderConfig): Ref {
  const taps = skipTaps(site.taps, config.skip)
  let last: StepOutput = { output: site.input, stride: site.stride }
  for (let i = 0; ; i++) {
    const filters = stepFilters(i, last, site, config)
    if (filters === undefined) return last.output
    const path = `decoder/group-${i}`
    last = addStep(last, site, config, {
      path,
      filters,
      skipsAt: (stride, decoded) => {
        const tap = taps.get(stride)
        return tap ? [addSkip(tap, decoded, site, config, path)] : []
      },
    })
  }
}
