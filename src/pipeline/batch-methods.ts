/** Pipeline classes over batch classes: the actions of a batch class as methods. */
import { fail } from '../errors/index.js'
import type { Bindings } from './description/content/bindings.js'
import type { PipelineSpec } from './description/content/pipeline-spec.js'
import type { BatchClass } from './description/contracts.js'

export type PipelineConstructor<P> = new (name: string, spec: PipelineSpec, bindings: Bindings) => P

/** What the methods are put on: something that takes an action by its name. */
interface TakesActions {
  addAction(name: string, options: Readonly<Record<string, unknown>>): unknown
}

const classes = new WeakMap<BatchClass, PipelineConstructor<any>>()

/** The class of pipelines over a batch class: one method for each row of its action table. @throws MillraceError `reserved-name` */
export function classOver<P extends object>(Base: PipelineConstructor<P>, batchClass: BatchClass): PipelineConstructor<P> {
  const known = classes.get(batchClass)
  if (known) return known
  const made = class extends (Base as PipelineConstructor<any>) {}
  for (const action of Object.keys(batchClass.actions)) {
    if (action in Base.prototype) fail('reserved-name', { action, batchClass: batchClass.name })
    Object.defineProperty(made.prototype, action, {
      value(this: TakesActions, options: Readonly<Record<string, unknown>> = {}) {
        return this.addAction(action, options)
      },
    })
  }
  classes.set(batchClass, made)
  return made as PipelineConstructor<P>
}
