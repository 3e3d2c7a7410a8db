import { fail } from '../../../errors/index.js'
import type { Model } from '../../description/contracts.js'
import type { Handler } from '../actions/handler.js'

/** Something models are imported from: a pipeline. */
interface ModelSource {
  readonly models: ReadonlyMap<string, Model>
  /** Builds the static models, if that was not done yet. */
  start(options: { readonly seed: number }): Promise<void>
}

const isModelSource = (thing: object): thing is ModelSource => 'models' in thing && 'start' in thing

/** The model is shared, not copied: each batch sees what the other pipeline made of it. A static one that is not built yet gets the seed of the run that asks. */
const work: Handler['batch'] = async ({ name, from }, { session }) => {
  const source = session.bindings.pipelines[from as string]!
  if (!isModelSource(source)) {
    session.models.set(name as string, source as Model)
    return
  }
  if (!source.models.has(name as string)) await source.start({ seed: session.seed })
  session.models.set(
    name as string,
    source.models.get(name as string) ?? fail('model-not-built', { model: name as string, from: from as string }),
  )
}

export const importModel: Handler = { batch: work, once: work }
