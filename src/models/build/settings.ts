/** Loss, optimizer, schedule and other settings of a config, ready for a network. */
import { fail } from '../../errors/index.js'
import { options, type ValueOf } from '../../options/index.js'
import type { Config } from '../../util/config.js'
import { checkConfig } from '../config/check-config.js'
import { findLossProblem } from '../config/check-losses.js'
import { ownKeys } from '../config/keys.js'
import { createLoss, type Loss, type LossChoice, type LossesChoice } from '../losses/index.js'
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

/** An output of a network, and the length of its last axis. */
interface Output {
  readonly name: string
  readonly classes: number | null | undefined
}

/** The losses of each output, which are added up; undefined without a loss. */
export function readLosses(config: Config, outputs: readonly Output[], model: string): readonly (readonly Loss[])[] | undefined {
  const { loss, ...beside } = readShared(config)
  if (loss === undefined) return undefined
  const names = outputs.map(({ name }) => name)
  const chosen = assignLosses(loss, names)
  if (!chosen) {
    const given = 'list' in loss ? loss.list : Object.keys('byOutput' in loss ? loss.byOutput : {})
    const what = `${given.length} losses${'list' in loss ? '' : ` (of ${given.join(', ')})`} for ${names.length} outputs`
    return fail('model-config', {
      model,
      problems: [{ path: ['loss'], what, allowed: `one loss, or one for each of ${names.join(', ')}` }],
    })
  }
  const problems = chosen.flatMap((terms, i) => findLossProblem(terms, beside, outputs[i]!.classes) ?? [])
  if (problems.length > 0) fail('model-config', { model, problems })
  return chosen.map(terms => terms.map(createLoss))
}

/** The losses of each output; undefined if they are not those of these outputs. A list is that of the only output, or of each. */
function assignLosses(loss: LossesChoice, outputs: readonly string[]): readonly (readonly LossChoice[])[] | undefined {
  if ('all' in loss) return outputs.map(() => loss.all)
  if ('list' in loss && outputs.length === 1) return [loss.list.flat()]
  const names = 'list' in loss ? outputs : Object.keys(loss.byOutput)
  const given = 'list' in loss ? loss.list : Object.values(loss.byOutput)
  const byName = new Map(given.map((terms, i) => [names[i], terms] as const))
  const found = outputs.map(name => byName.get(name) ?? [])
  return given.length === outputs.length && found.every(terms => terms.length > 0) ? found : undefined
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
