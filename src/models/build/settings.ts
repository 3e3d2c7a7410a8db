/** Loss, optimizers, schedules and other settings of a config, ready for a network. */
import { fail } from '../../errors/index.js'
import { options, type ValueOf } from '../../options/index.js'
import type { Config } from '../../util/config.js'
import { checkConfig } from '../config/check-config.js'
import { findLossProblem } from '../config/check-losses.js'
import { ownKeys } from '../config/keys.js'
import type { TrainingPlan } from '../groups/group-plan.js'
import { createLoss, type Loss, type LossChoice, type LossesChoice } from '../losses/index.js'
import { isOwnOptimizer } from '../own-optimizer.js'
import type { LayersModel, Tf } from '../tf-types.js'
import type { Clipping } from '../train/clip-gradients.js'
import { engines } from '../train/engines.js'
import type { Network } from '../train/network.js'
import type { CreateTrainStep } from '../train/train-step.js'
import type { Updater } from '../train/updater.js'
import { createGroup, createUpdater } from './create-updaters.js'
import { pathsOfVariables } from './weight-variables.js'

type Settings = Pick<Network, keyof Updater | 'groups' | 'frozen' | 'weightPaths' | 'clipping' | 'microbatchSize' | 'predictions'>

const settings = options(ownKeys)
type Read = ValueOf<typeof settings>

/** The settings of a network of these layers; `plan` says how its weights are trained. */
export function readSettings(tf: Tf, config: Config, model: string, layersModel: LayersModel, plan: TrainingPlan): Settings {
  const { optimizer, decay, gradient_clipping, microbatch_size, predictions } = readShared(config)
  const weightPaths = pathsOfVariables(layersModel)
  const variablesOf = (paths: ReadonlySet<string>) =>
    new Set([...weightPaths].filter(([, path]) => paths.has(path)).map(([variable]) => variable))
  return {
    ...createUpdater(tf, model, optimizer, decay),
    groups: plan.groups.map(group => createGroup(tf, model, optimizer, group, variablesOf(group.paths))),
    frozen: variablesOf(plan.frozen),
    weightPaths,
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

/** All losses, of any output. */
function termsOf(loss: LossesChoice): readonly LossChoice[] {
  if ('all' in loss) return loss.all
  return ('list' in loss ? loss.list : Object.values(loss.byOutput)).flat()
}

/** True if a config passes a loss or an optimizer of the program, which may draw numbers. */
export function isOfProgram(config: Config): boolean {
  const { loss, optimizer } = readShared(config)
  return isOwnOptimizer(optimizer) || (loss !== undefined && termsOf(loss).some(term => typeof term === 'function'))
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
