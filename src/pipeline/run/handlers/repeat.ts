import { repeat as row } from '../../description/actions/repeat.js'
import { handle } from '../actions/handler.js'

/** Arguments are evaluated anew in every round; 0 rounds do nothing. */
export const repeat = handle(row, ['batch', 'once'], async ({ times }, _scope, perform) => {
  for (let round = 0; round < times; round++) await perform('actions', round)
})
