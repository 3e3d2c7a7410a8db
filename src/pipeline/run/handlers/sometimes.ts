import { deriveSeed, uniformAt } from '../../../util/seeds.js'
import { sometimes as row } from '../../description/actions/sometimes.js'
import { handle } from '../actions/handler.js'

export const sometimes = handle(row, ['batch', 'once'], async ({ probability }, scope, perform) => {
  if (uniformAt(deriveSeed(scope.seed, 'sometimes'), 0) < probability) await perform('actions')
})
