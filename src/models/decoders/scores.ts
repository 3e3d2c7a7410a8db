/** Outputs at several sizes, the coarser ones brought to the finer ones and added (Long, Shelhamer, Darrell 2014, "FCN"). */
import { failShape } from '../plan/layer-rules.js'
import type { Ref } from '../plan/plan.js'
import type { DecoderConfig, DecoderSite } from './decoder.js'
import { addLadder } from './ladder.js'

export function addScores(site: DecoderSite, config: DecoderConfig): Ref {
  const outputs = site.outputs ?? failShape('decoder/type', 'scores need the number of outputs', 'targets with classes or a shape')
  return addLadder(site, config, outputs).at(-1)!.ref
}
