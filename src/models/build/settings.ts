/** Loss, optimizer, schedule and other settings of a config, ready for a network. */
import { fail } from '../../errors/index.js'
import { options, type ValueOf } from '../../options/index.js'
import type { Config } from '../../util/config.js'
import { checkConfig } from '../config/check-config.js'
import { sharedKeys } from '../config/keys.js'
import { losses } from '../losses.js'
import { optimizers } from '../optimizers.js'
import { createSchedule } from '../schedules.js'
import type { Tf } from '../tf-types.js'
import type { Clipping } from '../train/clip-gradients.js'
import { engines } from '../train/engines.js'
import type { Network } from '../train/network.js'
import type { CreateTrainStep } from '../train/train-step.js'

type Settings = Pick<
  Network,
  'loss' | 'optimizer' | 'optimizerName' | 'slotNames' | 'schedule' | 'clipping' | 'microbatchSize' | 'predictions'
>

const settings = options(sharedKeys)
type Read = ValueOf<typeof settings>

export function readSettings(tf: Tf, config: Config): Settings {
  const { loss, optimizer, decay, gradient_clipping, microbatch_size, predictions } = readShared(config)
  return {
    loss: loss && losses[loss],
    optimizer: optimizers[optimizer.name].create(tf, optimizer),
    optimizerName: optimizer.name,
    slotNames: [],
    schedule: decay ? createSchedule(decay, optimizer.learningRate) : undefined,
    clipping: clippingOf(gradient_clipping),
    microbatchSize: microbatch_size ?? undefined,
    predictions: predictions ?? undefined,
  }
}

/** Loads the engine of a config. */
export function loadEngine(config: Config): Promise<CreateTrainStep> {
  return engines[readShared(config).engine]()
}

function readShared(config: Config): Read {
  const written = Object.fromEntries(Object.entries(config.toJSON()).filter(([key]) => Object.hasOwn(sharedKeys, key)))
  const { errors } = checkConfig(settings, written)
  if (errors.length > 0) fail('model-config', { model: 'this model', problems: errors })
  return settings.fill(written)
}

function clippingOf(written: Read['gradient_clipping']): Clipping | undefined {
  if (!written) return undefined
  const { norm, variable_norm: variableNorm, value } = written
  if (norm !== undefined) return { norm }
  return variableNorm === undefined ? { value: value! } : { variableNorm }
}
