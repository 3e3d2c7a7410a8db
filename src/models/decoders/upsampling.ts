/** The layers of a decoder that make positions, and what brings them to a size. */
import { joinPath } from '../../util/paths.js'
import { convBlock } from '../blocks/conv-block.js'
import { type LayoutItem, parseLayout } from '../blocks/layout.js'
import { groupsTurnedOff, mergeSections } from '../blocks/parameters.js'
import type { Section } from '../blocks/section.js'
import { failShape, type Shape } from '../plan/layer-rules.js'
import type { PlanBuilder, Ref } from '../plan/plan.js'
import type { DecoderConfig } from './decoder.js'

const defaultLayout = 'b'

interface Upsampling {
  readonly plan: PlanBuilder
  readonly path: string
  readonly common: Section
  /** The section of the config. */
  readonly section: Section
  /** Filters of its last convolution. */
  readonly filters: number
}

interface UpsampleSection extends Section {
  readonly factor?: number
  readonly reduction?: number
  readonly layout?: string
}

const isTransposed = ({ letter }: LayoutItem) => letter === 't'

/** How many times more positions these layers make, per axis. */
export function timesOf(section: Section, common: Section): number {
  const { factor = 2, layout = defaultLayout } = section as UpsampleSection
  const items = parseLayout(layout, 'decoder/upsample/layout', groupsTurnedOff(mergeSections(common, section)))
  return factor ** items.filter(item => isTransposed(item) || item.row.group === 'b').length
}

export function addUpsampling(input: Ref, { plan, path, common, section, filters }: Upsampling): Ref {
  const { factor = 2, reduction, layout = defaultLayout, ...written } = section as UpsampleSection
  const items = parseLayout(layout, joinPath(path, 'layout'), groupsTurnedOff(mergeSections(common, written)))
  const convolutions = items.filter(({ row }) => row.group === 'c')
  const inner = reduction === undefined ? filters : Math.max(1, Math.floor(input.shape.at(-1)! * reduction))
  const perLayer = (value: (item: LayoutItem, i: number) => number) =>
    convolutions.length === 1 ? value(convolutions[0]!, 0) : convolutions.map(value)
  return convBlock(
    plan,
    input,
    path,
    common,
    {
      filters: perLayer((_, i) => (i === convolutions.length - 1 ? filters : inner)),
      kernel_size: perLayer(item => (isTransposed(item) ? factor : 3)),
    },
    written,
    { layout, factor, strides: perLayer(item => (isTransposed(item) ? factor : 1)) },
  )
}

/** A tensor with as many positions as `size` says; as it is if that is not known. */
export function fitTo(plan: PlanBuilder, path: string, input: Ref, size: Shape | undefined, how: DecoderConfig['combine']['resize']): Ref {
  const own = input.shape.slice(0, -1)
  if (!size || own.join() === size.join()) return input
  const sizes = `${own.join('×')} positions, where the encoder has ${size.join('×')}`
  switch (how) {
    case 'bilinear':
      return plan.layer(joinPath(path, 'resize'), 'upsample', { type: 'upsample', op: 'bilinear', size }, input)
    case 'crop':
      if (own.some((length, axis) => length < size[axis]!)) failShape('decoder/combine/resize', `a step has ${sizes}`, 'bilinear')
      return plan.layer(joinPath(path, 'crop'), 'crop', { type: 'crop', size }, input)
    case 'error':
      return failShape('decoder/combine/resize', `a step has ${sizes}`, 'crop, bilinear, or an input that can be halved as often')
    default:
      return how satisfies never
  }
}
