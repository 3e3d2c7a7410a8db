/** Loss, optimizer, schedule and other settings of a config, ready for a network. */
import { fail } from '../../errors/index.js'
import { Config } from '../../util/config.js'
import { checkSettings } from '../config/check-settings.js'
import { sharedKeys } from '../config/keys.js'
import { defaultsOf } from '../config/rules.js'
import { losses, lossName } from '../losses.js'
import { inferOptimizer, type OptimizerChoice, optimizers } from '../optimizers.js'
import type { PredictionName } from '../predictions.js'
import { createSchedule, inferSchedule, type Schedule, type ScheduleChoice } from '../schedules.js'
import type { Tf } from '../tf-types.js'
import type { Clipping } from '../train/clip-gradients.js'
import { type EngineName, engines } from '../train/engines.js'
import type { Network } from '../train/network.js'
import type { CreateTrainStep } from '../train/train-step.js'

type Settings = Pick<
  Network,
  'loss' | 'optimizer' | 'optimizerName' | 'slotNames' | 'schedule' | 'clipping' | 'microbatchSize' | 'predictions'
>

const defaults = new Config(defaultsOf(sharedKeys))

export function readSettings(tf: Tf, written: Config): Settings {
  const problems = checkSettings(written.toJSON())
  if (problems.length > 0) fail('model-config', { model: 'this model', problems })
  const config = defaults.merge(written)
  const optimizer = inferOptimizer(read(config, 'optimizer')) as OptimizerChoice
  const loss = lossName(config.get('loss'))
  return {
    loss: loss && losses[loss],
    optimizer: optimizers[optimizer.name].create(tf, optimizer.options),
    optimizerName: optimizer.name,
    slotNames: [],
    schedule: readSchedule(read(config, 'decay'), optimizer),
    clipping: readClipping(config),
    microbatchSize: config.at('microbatch_size') ?? undefined,
    predictions: (config.at('predictions') as PredictionName | null) ?? undefined,
  }
}

/** Loads the engine of a config. */
export function loadEngine(written: Config): Promise<CreateTrainStep> {
  return engines[defaults.merge(written).at('engine') as EngineName]()
}

function readSchedule(written: unknown, { options }: OptimizerChoice): Schedule | undefined {
  return written === null || written === undefined
    ? undefined
    : createSchedule(inferSchedule(written) as ScheduleChoice, options.learningRate as number)
}

function readClipping(config: Config): Clipping | undefined {
  const [norm, variableNorm, value] = config.get(['norm', 'variable_norm', 'value'].map(key => `gradient_clipping/${key}`)) as (
    | number
    | null
  )[]
  if (norm) return { norm }
  if (variableNorm) return { variableNorm }
  return value ? { value } : undefined
}

function read(config: Config, key: string): unknown {
  const value: unknown = config.at(key)
  return value instanceof Config ? value.toJSON() : value
}
