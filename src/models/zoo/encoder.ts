/** The encoder of a segmenter: an initial block and a trunk, and what they have at each size. */

import { Config } from '../../util/config.js'
import type { Section } from '../blocks/section.js'
import { findTaps, Taps } from '../decoders/taps.js'
import { failShape } from '../plan/layer-rules.js'
import type { PlanBuilder, Ref } from '../plan/plan.js'
import { addTrunk } from '../trunk/trunk.js'
import { addInitialBlock } from './initial-block.js'
import type { PartsContext } from './zoo-row.js'

export interface Encoder {
  readonly output: Ref
  readonly taps: Taps
}

/** With `encoder/at` it ends at the last of these sizes. */
export function addEncoder(context: PartsContext): Encoder {
  const { plan, input, section } = context
  const { model = null, at, common: own, ...trunk } = section('encoder')
  const preset = ['stem', 'like'].find(key => context.config.get(key) !== null)
  if (preset && model === null) failShape(preset, `${preset} does nothing without encoder/model`, 'encoder/model, or no such key')
  const common = new Config(context.common).merge((own ?? {}) as Section).toJSON()
  const { entry, stride: entryStride } = addInitialBlock({ ...context, common })
  const { filters: firstFilters } = section('initial_block')
  const { output, ends } = addTrunk({ plan, path: 'encoder', entry, entryStride, section: trunk, common, firstFilters })
  if (output.shape.length !== input.shape.length)
    failShape('encoder', `the encoder returns the shape [${output.shape.join(', ')}], without the positions of the input`)
  const taps = new Taps(input, findTaps(plan, [...layersOf(plan, 'initial_block'), ...ends]))
  if (!at) return { output: plan.block('encoder', output), taps }
  const chosen = new Taps(input, taps.choose(at as readonly number[], 'encoder/at'))
  return { output: plan.block('encoder', chosen.all.at(-1)!.ref), taps: chosen }
}

/** Padding in front of a layer has no size of its own. */
const layersOf = (plan: PlanBuilder, path: string): readonly Ref[] => plan.below(path).filter(({ kind }) => kind !== 'pad')
