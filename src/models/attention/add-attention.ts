/** Adds an attention after a tensor. */

import type { Section } from '../blocks/section.js'
import { initializer } from '../config/initializers.js'
import { failShape } from '../plan/layer-rules.js'
import type { PlanBuilder, Ref } from '../plan/plan.js'
import { AttentionLayers, type AttentionParameters } from './attention-layers.js'
import type { AttentionRow, Widths } from './attention-row.js'
import { type AttentionChoice, attentionRows } from './table.js'

interface Around {
  readonly widths?: Widths
  readonly gate?: Ref
}

/** The attention's output, which is that of `path`. `section` has the parameters of the part, with their defaults. */
export function addAttention(
  plan: PlanBuilder,
  input: Ref,
  path: string,
  choice: AttentionChoice,
  section: Section,
  around: Around = {},
): Ref {
  const axes = input.shape.length - 1
  if (axes < 1 || axes > 2)
    failShape(path, `${choice.type} cannot take the shape [${input.shape.join(', ')}]`, '1 or 2 axes, then the channels')
  const parameters: AttentionParameters = {
    initializer: initializer.fill(section.initializer),
    batch_norm: section.norm === false ? false : (section.batch_norm as AttentionParameters['batch_norm']),
  }
  const row: AttentionRow = attentionRows[choice.type]
  const { widths = {}, gate } = around
  return plan.block(path, row.add({ input, path, layers: new AttentionLayers(plan, path, parameters), widths, gate }, choice))
}
