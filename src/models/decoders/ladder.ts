/** Levels of equal width at several sizes, each with what the coarser ones have. */
import { joinPath } from '../../util/paths.js'
import { convBlock } from '../blocks/conv-block.js'
import type { Section } from '../blocks/section.js'
import type { Ref } from '../plan/plan.js'
import type { DecoderConfig, DecoderSite } from './decoder.js'
import { addSkip } from './step.js'
import { skipTaps } from './taps.js'
import { addUpsampling, fitTo } from './upsampling.js'

export interface Level {
  readonly path: string
  readonly stride: number
  readonly ref: Ref
}

/** From the coarsest: the level before, made larger, and what the encoder has there by a convolution, added. */
export function addLadder(site: DecoderSite, written: DecoderConfig, filters: number): readonly Level[] {
  const { plan, common, taps } = site
  const skip: Section = { layout: 'c', kernel_size: 1, ...written.skip, filters }
  const config: DecoderConfig = { ...written, skip }
  const coarsest = 'decoder/group-0'
  const first = plan.block(coarsest, addSkip(site.input, site.input, site, config, coarsest))
  const levels: Level[] = [{ path: coarsest, stride: site.stride, ref: first }]
  const finer = [...skipTaps(taps, written.skip)].filter(([stride]) => stride < site.stride).sort(([one], [other]) => other - one)
  for (const [stride, tap] of finer) {
    const path = `decoder/group-${levels.length}`
    const last = levels.at(-1)!
    const section = { layout: 'N', ...config.upsample, factor: last.stride / stride }
    const more = addUpsampling(last.ref, { plan, path: joinPath(path, 'upsample'), common, section, filters })
    const decoded = fitTo(plan, path, more, taps.sizeAt(stride), config.combine.resize)
    const sum = plan.layer(joinPath(path, 'sum'), 'sum', { type: 'add' }, decoded, addSkip(tap, decoded, site, config, path))
    levels.push({ path, stride, ref: plan.block(path, sum) })
  }
  return levels
}

/** Twice as many positions per axis, or as many as the encoder has there. */
export function addDoubling(level: Level, path: string, { plan, common, taps }: DecoderSite, { combine }: DecoderConfig): Level {
  const stride = level.stride / 2
  const more = convBlock(plan, level.ref, joinPath(path, 'upsample'), common, { layout: 'b' })
  return { path, stride, ref: fitTo(plan, path, more, taps.sizeAt(stride), combine.resize) }
}
