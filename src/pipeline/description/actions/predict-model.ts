import { modelPass } from '../model-pass.js'

/** BatchFlow's `predict_model`. */
export const predictModel = modelPass('passes the batch through a model in inference mode', ['name', 'feed', 'fetches', 'saveTo'])
