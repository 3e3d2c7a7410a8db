import { loadModel as row } from '../../description/actions/load-model.js'
import { handle } from '../actions/handler.js'
import { loadSavedModel } from '../actions/models.js'

/** An existing model of that name is replaced; pipelines that import it see the new one from their next batch on. */
export const loadModel = handle(row, ['batch', 'once'], async ({ name, path }, { session }) => {
  const model = await loadSavedModel(path, name)
  const before = session.models.get(name)
  session.models.set(name, model)
  session.own.add(model)
  if (before && session.own.delete(before)) before.dispose()
})
