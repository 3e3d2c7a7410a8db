/** Adds a decoder of any kind. */
import type { Section } from '../blocks/section.js'
import type { Ref } from '../plan/plan.js'
import { type DecoderConfig, type DecoderSite, readDecoder } from './decoder.js'
import type { DecoderTypeName } from './keys.js'
import { addNested } from './nested.js'
import { addPyramid } from './pyramid.js'
import { addScores } from './scores.js'
import { addSteps } from './steps.js'

const adders: Readonly<Record<DecoderTypeName, (site: DecoderSite, config: DecoderConfig) => Ref>> = {
  steps: addSteps,
  nested: addNested,
  pyramid: addPyramid,
  scores: addScores,
}

/** `section` is that of the config; its output is the block `decoder`. */
export function addDecoder(site: DecoderSite, section: Section): Ref {
  const config = readDecoder(section)
  return site.plan.block('decoder', adders[config.type](site, config))
}
