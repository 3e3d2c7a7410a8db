import { fail } from '../../../errors/index.js'
import { importModel as row } from '../../description/actions/import-model.js'
import type { Model } from '../../description/contracts.js'
import { handle } from '../actions/handler.js'

/** What models are imported from: a pipeline. */
interface ModelSource {
  readonly models: ReadonlyMap<string, Model>
  /** Builds the static models, if not built yet. */
  start(options: { readonly seed: number }): Promise<void>
}

const isModelSource = (thing: object): thing is ModelSource => 'models' in thing && 'start' in thing

/** The model is shared, not copied: each batch sees its current state. A static model not built yet gets the seed of the importing run. */
export const importModel = handle(row, ['batch', 'once'], async ({ name, from }, { session }) => {
  const source = session.bindings.pipelines[from]!
  if (!isModelSource(source)) {
    session.models.set(name, source as Model)
    return
  }
  if (!source.models.has(name)) await source.start({ seed: session.seed })
  session.models.set(name, source.models.get(name) ?? fail('model-not-built', { model: name, from }))
})
