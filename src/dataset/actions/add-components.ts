import { fail } from '../../errors/index.js'
import { anything, option, options } from '../../options/index.js'
import { isComputed, namesIn } from '../../pipeline/description/component-facts.js'
import type { ComponentValue } from '../../pipeline/description/contracts.js'
import { checkName } from '../batch/batch.js'
import { batchAction } from '../batch/batch-action.js'
import { names } from './action-args.js'
import { declaredNames, listNamesOf } from './formats-of-actions.js'

/**
 * Adds components that the batch class does not declare.
 *
 * @example
 * pipeline.addComponents({ names: 'weights', init: F(size => new Float32Array(size).fill(1))(B('size')) })
 *
 * @throws MillraceError `component-exists`, `component-name`, `component-value`, `component-length`
 *
 * BatchFlow: `add_components`.
 */
export const addComponents = batchAction({
  summary: 'Adds components that the batch class does not declare.',
  options: options(
    {
      names: option('the names of the new components', names),
      init: option('the value of the new component, or a list with one per name; none by default', anything, { optional: true }),
    },
    {
      misfit: ({ names, init }) =>
        init === undefined || typeof names === 'string' || (Array.isArray(init) && init.length === names.length)
          ? undefined
          : { option: 'init' as const, allowed: `a list of ${names.length} values` },
    },
  ),
  components: ({ names }) => ({ writes: namesIn(names, ['names']), writesAny: isComputed(names) }),
  apply: (batch, { names: given, init }) => {
    const names = listNamesOf(given)!
    const isSeveral = typeof given !== 'string'
    for (const [i, name] of names.entries()) {
      checkName(name, batch.batchClass.name)
      if (batch.has(name) || declaredNames(batch).includes(name)) fail('component-exists', { name, batchClass: batch.batchClass.name })
      const value = isSeveral ? (init as readonly unknown[] | undefined)?.[i] : init
      if (value !== undefined) batch.set(name, value as ComponentValue)
    }
  },
})
