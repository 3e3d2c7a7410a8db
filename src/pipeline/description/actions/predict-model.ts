import { action } from '../action-row.js'
import { mustFetch, passes } from '../model-action.js'

/** BatchFlow's `predict_model`. */
export const predictModel = action({ summary: 'passes the batch through a model in inference mode', args: mustFetch, ...passes })
