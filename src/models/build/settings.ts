/** Loss, optimizer and predictions of a config, ready for a network. */
import { fail, listNames } from '../../errors/index.js'
import { Config } from '../../util/config.js'
import { losses, lossName } from '../losses.js'
import { inferOptimizer, optimizers } from '../optimizers.js'
import type { PredictionName } from '../predictions.js'
import type { Tf } from '../tf-types.js'
import type { Network } from '../train/network.js'

export function readSettings(tf: Tf, config: Config): Pick<Network, 'loss' | 'optimizer' | 'optimizerName' | 'slotNames' | 'predictions'> {
  const written = config.get('optimizer', 'Adam')
  const choice = inferOptimizer(written instanceof Config ? written.toJSON() : written)
  if ('seen' in choice) {
    const allowed = typeof choice.allowed === 'string' ? choice.allowed : listNames(choice.allowed)
    fail('model-config', {
      model: 'this model',
      problems: [{ path: ['optimizer', ...choice.path], what: `${choice.seen} cannot be used`, allowed }],
    })
  }
  const loss = lossName(config.get('loss'))
  return {
    loss: loss && losses[loss],
    optimizer: optimizers[choice.name].create(tf, choice.options),
    optimizerName: choice.name,
    slotNames: [],
    predictions: (config.get('predictions') as PredictionName | null) ?? undefined,
  }
}
