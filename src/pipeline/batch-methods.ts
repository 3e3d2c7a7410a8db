/** Pipeline classes over batch classes: the actions of a batch class as methods. */
import { fail } from '../errors/index.js'
import { checkOptions } from './check-kind.js'
import { isActionName } from './description/action-table.js'
import type { Bindings } from './description/content/bindings.js'
import { toOwnName } from './description/content/own-actions.js'
import type { PipelineSpec } from './description/content/pipeline-spec.js'
import type { BatchClass } from './description/contracts.js'

export type PipelineConstructor<P> = new (name: string, spec: PipelineSpec, bindings: Bindings) => P

/** What the methods are added to: an object that accepts an action by name. */
interface TakesActions {
  addAction(name: string, options: Readonly<Record<string, unknown>>): unknown
}

const classes = new WeakMap<BatchClass, PipelineConstructor<any>>()

/**
 * The class of pipelines over a batch class, with one method per row of its action table. A row replaces the core action of the same
 * name, so a core action added in a later version changes no existing program.
 *
 * @throws MillraceError `reserved-name` for the name of a method that is not an action, such as `run`
 */
export function classOver<P extends object>(Base: PipelineConstructor<P>, batchClass: BatchClass): PipelineConstructor<P> {
  const known = classes.get(batchClass)
  if (known) return known
  const made = class extends (Base as PipelineConstructor<any>) {}
  for (const action of Object.keys(batchClass.actions)) {
    if (action in Base.prototype && !isActionName(action)) fail('reserved-name', { action, batchClass: batchClass.name })
    Object.defineProperty(made.prototype, action, {
      value(this: TakesActions, options?: unknown) {
        return this.addAction(toOwnName(action), checkOptions(action, options))
      },
    })
  }
  classes.set(batchClass, made)
  return made as PipelineConstructor<P>
}
