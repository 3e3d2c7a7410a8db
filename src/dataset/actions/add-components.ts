import { fail } from '../../errors/index.js'
import type { BatchAction, ComponentValue } from '../../pipeline/description/contracts.js'
import { type Batch, checkName } from '../batch/batch.js'
import { componentsSchema, declaredNames, listNamesOf } from './formats-of-actions.js'

/** Options of `addComponents`. */
export interface AddComponentsOptions {
  /** The names of the new components. */
  readonly names: string | readonly string[]
  /** The value of the new component, or a list with one for each of several. Without it they have none until one is set. */
  readonly init?: unknown
}

/**
 * Gives batches components that their class does not declare.
 *
 * @example
 * pipeline.addComponents({ names: 'weights', init: F(size => new Float32Array(size).fill(1))(B('size')) })
 *
 * @throws MillraceError `component-exists`, `component-name`, `component-value`, `component-length`
 *
 * BatchFlow: `add_components`.
 */
export const addComponents: BatchAction<Batch<any>, AddComponentsOptions> = {
  summary: 'Gives batches components that their class does not declare.',
  schema: {
    type: 'object',
    properties: {
      names: componentsSchema('The names of the new components.'),
      init: { description: 'The value of the new component, or a list with one for each of several; none if left out.' },
    },
    required: ['names'],
    additionalProperties: false,
  },
  apply: (batch, { names: given, init }) => {
    const names = listNamesOf(given)!
    const isSeveral = typeof given !== 'string'
    if (init !== undefined && isSeveral && !(Array.isArray(init) && init.length === names.length)) {
      fail('wrong-value', {
        name: 'init',
        seen: Array.isArray(init) ? `${init.length} values` : typeof init,
        allowed: `a list of ${names.length} values`,
      })
    }
    for (const [i, name] of names.entries()) {
      checkName(name, batch.batchClass.name)
      if (batch.has(name) || declaredNames(batch).includes(name)) fail('component-exists', { name, batchClass: batch.batchClass.name })
      const value = isSeveral ? (init as readonly unknown[] | undefined)?.[i] : init
      if (value !== undefined) batch.set(name, value as ComponentValue)
    }
  },
}
