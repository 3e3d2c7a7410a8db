import { folderOf } from '../actions/folder-of.js'
import type { Handler } from '../actions/handler.js'
import { loadSavedModel } from '../actions/models.js'

/** A model of that name that was there before is replaced; pipelines that import it see the new one from their next batch on. */
const load: Handler['batch'] = async ({ name, path }, scope) => {
  const { session } = scope
  const model = await loadSavedModel(folderOf(path, scope, 'loadModel'), name as string)
  const before = session.models.get(name as string)
  session.models.set(name as string, model)
  session.own.add(model)
  if (before && session.own.delete(before)) before.dispose()
}

export const loadModel: Handler = { batch: load, once: load }
