/** Turns a config as written into a network's description: keys checked, defaults filled in, inputs and layers known. No TensorFlow. */
import { fail, MillraceError } from '../../errors/index.js'
import { Config } from '../../util/config.js'
import { nameActivations } from '../config/activations.js'
import { checkConfig } from '../config/check-config.js'
import { findLossProblem } from '../config/check-losses.js'
import { type InputsSpec, inferInputs } from '../config/inputs.js'
import { renameOldKeys } from '../config/old-keys.js'
import { findWritten } from '../config/written-keys.js'
import type { TrainingPlan } from '../groups/group-plan.js'
import { planTraining } from '../groups/plan-training.js'
import { freezeRows } from '../groups/weight-paths.js'
import { lossChoice } from '../losses/index.js'
import type { ConfigCheck, ConfigProblem } from '../model-types.js'
import { listPaths, type Plan } from '../plan/plan.js'
import { listValueNames } from '../predictions.js'
import { listTrainingNames } from '../training-values.js'
import { completeConfig } from './complete-config.js'
import { planNetwork } from './plan-network.js'
import { findPresetProblem } from './presets.js'
import type { ZooRow } from './zoo-row.js'

export interface Description {
  /** The complete config: defaults, names instead of functions, current names of keys. */
  readonly config: Config
  readonly inputs: InputsSpec
  readonly plan: Plan
  readonly training: TrainingPlan
  readonly fetchNames: readonly string[]
  /** What else a training step can be asked for. */
  readonly trainingFetchNames: readonly string[]
}

/** Every problem of a config. */
export function checkModelConfig(row: ZooRow, written: Readonly<Record<string, unknown>>): ConfigCheck {
  return tryDescribe(row, written).check
}

/** The description of a config; fails with `model-config` and all problems. */
export function describeModel(name: string, row: ZooRow, written: Readonly<Record<string, unknown>>): Description {
  const { check, description } = tryDescribe(row, written)
  return description ?? fail('model-config', { model: name, problems: check.errors })
}

function tryDescribe(
  row: ZooRow,
  given: Readonly<Record<string, unknown>>,
): { readonly check: ConfigCheck; readonly description?: Description } {
  const { keys, oldKeys = {} } = row.family.shape
  const { written, notes: moved } = renameOldKeys(oldKeys, nameActivations(given instanceof Config ? given.toJSON() : given))
  const { errors, notes: renamed } = checkConfig(keys, written)
  const notes = [...moved, ...renamed]
  if (errors.length > 0) return { check: { errors, notes } }
  const located = (problem: ConfigProblem): ConfigProblem => {
    const [first, ...below] = problem.path
    const path = findWritten(keys, written, String(first))
    return { ...problem, path: path.length > 0 ? [...path, ...below] : problem.path }
  }
  const config = completeConfig(row, written)
  const preset = findPresetProblem(row, config)
  if (preset) return { check: { errors: [located(preset)], notes } }
  // What paths and levels add up to: an option of a kind that the row, or another key, names.
  const whole = checkConfig(keys, config.toJSON()).errors
  if (whole.length > 0) return { check: { errors: whole.map(one => located({ ...one, path: [one.path.join('/')] })), notes } }
  const inferred = inferInputs(
    config.get<Config | null>('inputs')?.toJSON() as Parameters<typeof inferInputs>[0],
    config.get('initial_block/inputs'),
  )
  if ('problem' in inferred) return { check: { errors: [located(inferred.problem)], notes } }
  const { loss, ...beside } = config.toJSON()
  const outputs = inferred.inputs.target?.shape.at(-1)
  const misfit = loss ? findLossProblem(lossChoice.fill(loss), beside, outputs) : undefined
  if (misfit) return { check: { errors: [located(misfit)], notes } }
  try {
    const network = planNetwork(row.family, config, inferred.inputs)
    const target = findTargetProblem(inferred.inputs, network)
    if (target) return { check: { errors: [located(target)], notes } }
    const planned = planTraining(network.nodes, config)
    if ('problems' in planned) return { check: { errors: planned.problems.map(located), notes } }
    const { plan: training } = planned
    const plan = { ...network, nodes: freezeRows(network.nodes, training.frozen) }
    const groups = training.groups.map(({ name }) => name)
    const trainingFetchNames = listTrainingNames(groups, plan.nodes)
    const fetchNames = [...listValueNames(inferred.inputs), ...listPaths(plan)]
    return { check: { errors, notes }, description: { config, inputs: inferred.inputs, plan, training, fetchNames, trainingFetchNames } }
  } catch (error) {
    if (!(error instanceof MillraceError) || error.code !== 'model-config') throw error
    return { check: { errors: (error as MillraceError<'model-config'>).details.problems.map(located), notes } }
  }
}

/** Targets at other positions than the network's outputs: masks of another size, or of a network that returns none. */
function findTargetProblem({ target }: InputsSpec, { nodes, output }: Plan): ConfigProblem | undefined {
  const returned = nodes.find(({ path }) => path === output)!.shape
  if (!target || `${target.shape.slice(0, -1)}` === `${returned.slice(0, -1)}`) return undefined
  const what = `targets of the shape [${target.shape.join(', ')}] are compared with outputs of the shape [${returned.join(', ')}]`
  return { path: [`inputs/${target.name}`], what, allowed: `targets at the positions of the outputs` }
}
