/** The last part of a classifier: as many outputs as there are targets. */
import { convBlock } from '../blocks/conv-block.js'
import { parseLayout } from '../blocks/layout.js'
import { mergeSections } from '../blocks/parameters.js'
import type { Section } from '../blocks/section.js'
import type { Ref } from '../plan/plan.js'
import type { PartsContext } from './zoo-row.js'

/** Units of the last dense layer, or filters of convolutions, are the outputs unless the section says otherwise. */
export function addHead({ plan, inputs, common, section }: PartsContext, input: Ref): Ref {
  const outputs = inputs.target?.shape.at(-1) ?? undefined
  const head = section('head')
  return convBlock(
    plan,
    input,
    'head',
    common,
    { units: outputs, filters: outputs },
    { ...head, ...unitsOf(mergeSections(common, head), outputs) },
  )
}

/** A list of units that is short of one: the outputs follow. */
function unitsOf({ layout, units }: Section, outputs: number | undefined): Section {
  if (!Array.isArray(units) || outputs === undefined) return {}
  const dense = parseLayout((layout as string | null | undefined) ?? '', 'head/layout').filter(({ row }) => row.group === 'f').length
  return units.length === dense - 1 ? { units: [...units, outputs] } : {}
}
