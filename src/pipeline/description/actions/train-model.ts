import { action } from '../action-row.js'
import { mayFetch, passes } from '../model-action.js'

/** BatchFlow's `train_model`. */
export const trainModel = action({ summary: 'makes one optimization step of a model on the batch', args: mayFetch, ...passes })
