import { fail } from '../../../errors/index.js'
import { functionReference, loadFunction } from '../../../parallel/module-function.js'
import type { NdArray } from '../../../util/nd-array.js'
import { type ModuleFunction, weightActions } from '../../description/actions/weights.js'
import { moduleIn } from '../../description/content/file-modules.js'
import type { Model, WeightChange, WeightFunction } from '../../description/contracts.js'
import { type Handler, handle } from '../actions/handler.js'
import type { Scope } from '../execution/scope.js'
import { save } from '../saving/save.js'

const { getWeights, setWeights, transformWeights } = weightActions

export const weightHandlers = {
  getWeights: handle(getWeights, ['batch', 'once'], async ({ name, match, saveTo, mode }, scope) => {
    save(saveTo, await methodOf(name, 'getWeights', scope)(match), mode, scope)
  }),

  setWeights: handle(setWeights, ['batch', 'once'], ({ name, weights }, scope) =>
    methodOf(name, 'setWeights', scope)(weights as Readonly<Record<string, NdArray>>),
  ),

  transformWeights: handle(transformWeights, ['batch', 'once'], async ({ name, match, by, saveTo, mode }, scope) => {
    const counts = await methodOf(name, 'transformWeights', scope)(match, await toChange(by, scope))
    if (saveTo !== undefined) save(saveTo, counts, mode, scope)
  }),
} satisfies Record<keyof typeof weightActions, Handler>

/** A model of one's own need not let its weights be changed. */
function methodOf<Name extends 'getWeights' | 'setWeights' | 'transformWeights'>(name: string, method: Name, { session }: Scope) {
  const model = session.model(name)
  const own = model[method] ?? fail('wrong-value', { name: `the model ${name}`, seen: `no method ${method}`, allowed: 'a model with one' })
  return own.bind(model) as NonNullable<Model[Name]>
}

/** The change, with the function of a module loaded. */
async function toChange(by: WeightChange | ModuleFunction | WeightFunction, { session }: Scope): Promise<WeightChange | WeightFunction> {
  if (!('module' in by)) return by
  const module = moduleIn(session.bindings.modules, by.module)
  return (await loadFunction(
    functionReference({ module, ...(by.export !== undefined && { export: by.export }) })!,
  )) as unknown as WeightFunction
}
