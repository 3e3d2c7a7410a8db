/** Loss, optimizer, schedule and other settings of a config, ready for a network. */
import { fail } from '../../errors/index.js'
import { options, type ValueOf } from '../../options/index.js'
import type { Config } from '../../util/config.js'
import { checkConfig } from '../config/check-config.js'
import { ownKeys } from '../config/keys.js'
import { type Loss, losses } from '../losses.js'
import { optimizers } from '../optimizers.js'
import { createSchedule } from '../schedules.js'
import type { Tf } from '../tf-types.js'
import type { Clipping } from '../train/clip-gradients.js'
import { engines } from '../train/engines.js'
import type { Network } from '../train/network.js'
import type { CreateTrainStep } from '../train/train-step.js'

type Settings = Pick<Network, 'optimizer' | 'optimizerName' | 'slotNames' | 'schedule' | 'clipping' | 'microbatchSize' | 'predictions'>

const settings = options(ownKeys)
type Read = ValueOf<typeof settings>

export function readSettings(tf: Tf, config: Config): Settings {
  const { optimizer, decay, gradient_clipping, microbatch_size, predictions } = readShared(config)
  return {
    optimizer: optimizers[optimizer.name].create(tf, optimizer),
    optimizerName: optimizer.name,
    slotNames: [],
    schedule: decay ? createSchedule(decay, optimizer.learningRate) : undefined,
    clipping: clippingOf(gradient_clipping),
    microbatchSize: microbatch_size ?? undefined,
    predictions: predictions ?? undefined,
  }
}

/** The loss of each output, by the outputs' names; undefined without a loss. */
export function readLosses(config: Config, outputs: readonly string[], model: string): readonly Loss[] | undefined {
  const { loss } = readShared(config)
  if (loss === undefined) return undefined
  if (typeof loss === 'string') return outputs.map(() => losses[loss])
  const names = Array.isArray(loss) ? outputs : Object.keys(loss)
  const given = Object.values(loss)
  const byName = new Map(given.map((name, i) => [names[i], losses[name as keyof typeof losses]] as const))
  if (given.length === outputs.length && outputs.every(name => byName.has(name))) return outputs.map(name => byName.get(name)!)
  const what = `${given.length} losses${Array.isArray(loss) ? '' : ` (of ${names.join(', ')})`} for ${outputs.length} outputs`
  const problem = { path: ['loss'], what, allowed: `one loss, or one for each of ${outputs.join(', ')}` }
  return fail('model-config', { model, problems: [problem] })
}

/** Loads the engine of a config. */
export function loadEngine(config: Config): Promise<CreateTrainStep> {
  return engines[readShared(config).engine]()
}

function readShared(config: Config): Read {
  const written = Object.fromEntries(Object.entries(config.toJSON()).filter(([key]) => Object.hasOwn(ownKeys, key)))
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
