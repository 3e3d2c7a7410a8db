import { modelPass } from '../model-pass.js'

/** BatchFlow's `train_model`. */
export const trainModel = modelPass('does one optimization step of a model on the batch', ['name', 'feed'])
