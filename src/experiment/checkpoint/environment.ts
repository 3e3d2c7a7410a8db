/** What a run's numbers depend on besides its description: how TensorFlow computes, and the data. Kept in checkpoints, compared on resuming. */
import { adoptEngineSettings, type EngineSettings, engineSettings } from '../../models/engine-settings.js'
import type { DataFingerprint, SourceDataset } from '../../pipeline/index.js'
import type { Experiment } from '../experiment.js'
import { builtModels } from '../models.js'
import { engineFacts } from '../run/engine-facts.js'
import { describeMachine } from '../run/machine.js'

/** Plain data. */
export interface RunEnvironment {
  readonly cpu: string
  readonly engine: EngineSettings
  /** What TensorFlow computes on; absent if no model was built with it. */
  readonly accelerator?: string
  /** By model: true if its training is compiled, otherwise why not. Models that have not been trained are absent. */
  readonly compiled: Readonly<Record<string, true | string>>
  /** By dataset. */
  readonly data: Readonly<Record<string, DataFingerprint | Pick<DataFingerprint, 'length'>>>
}

/** What another environment may be: each in words, with what it was before. */
type Differences = readonly string[]

/** The environment of a run, with what `describeData` found. */
export function describeEnvironment(experiment: Experiment, data: RunEnvironment['data']): RunEnvironment {
  const accelerator = acceleratorOf(experiment)
  const compiled = compiledModels(experiment)
  return { cpu: describeMachine().cpu, engine: engineSettings(), ...(accelerator ? { accelerator } : {}), compiled, data }
}

/** The data of every pipeline, by dataset. */
export async function describeData(experiment: Experiment): Promise<RunEnvironment['data']> {
  const data: Record<string, RunEnvironment['data'][string]> = {}
  for (const [name, dataset] of datasetsOf(experiment)) {
    const { length } = dataset
    // Data that cannot be read end the run where they are needed.
    data[name] = await (dataset.fingerprint?.() ?? Promise.resolve({ length })).catch(() => ({ length }))
  }
  return data
}

/** Makes this process compute as the one before, if TensorFlow is not loaded yet. */
export function adoptEnvironment({ engine }: RunEnvironment): void {
  adoptEngineSettings(engine)
}

/** How this process computes differently. */
export function machineDifferences(before: RunEnvironment): Differences {
  const engine = engineSettings()
  const names = [...new Set([...Object.keys(before.engine.variables), ...Object.keys(engine.variables)])]
  const { cpu } = describeMachine()
  return [
    ...differ('TensorFlow threads', engine.threads, before.engine.threads),
    ...names.flatMap(name => differ(name, engine.variables[name] ?? 'not set', before.engine.variables[name] ?? 'not set')),
    ...differ('processor', cpu, before.cpu),
  ]
}

/** How the data differ, dataset by dataset; `lengths` of datasets whose order the run continues. Without `begun`, all pipelines had. */
export function dataDifferences(
  experiment: Experiment,
  data: RunEnvironment['data'],
  before: RunEnvironment,
  begun: readonly string[] = Object.keys(experiment.pipelines),
): { readonly lengths: Differences; readonly others: Differences } {
  const ordered = datasetsOf(
    experiment,
    experiment.spec.run.turns.filter(name => begun.includes(name)),
  )
  const lengths: string[] = []
  const others: string[] = []
  for (const [name, now] of Object.entries(data)) {
    const was = before.data[name]
    if (was === undefined) continue
    const length = differ(`items of dataset ${name}`, now.length, was.length)
    ;(ordered.has(name) ? lengths : others).push(...length)
    if (length.length === 0 && 'components' in now && 'components' in was) others.push(...contentDifferences(name, now, was))
  }
  return { lengths, others }
}

function contentDifferences(name: string, now: DataFingerprint, was: DataFingerprint): Differences {
  const names = [...new Set([...Object.keys(was.components), ...Object.keys(now.components)])]
  return [
    ...(now.ids === was.ids ? [] : [`other ids in dataset ${name}`]),
    ...(now.files === was.files ? [] : [`files of other sizes in dataset ${name}`]),
    ...names.flatMap(component => {
      const [one, other] = [now.components[component], was.components[component]]
      const where = `${component} of dataset ${name}`
      if (one?.type !== other?.type) return differ(where, one?.type ?? 'absent', other?.type ?? 'absent')
      return one!.hash === other!.hash ? [] : [`other values in ${where}`]
    }),
  ]
}

/** How the models, once built and trained, compute differently: on another accelerator, compiled or not. */
export function engineDifferences(experiment: Experiment, before: RunEnvironment): Differences {
  const describe = (how: true | string) => (how === true ? 'compiled' : `operation by operation (${how})`)
  const [now, was] = [acceleratorOf(experiment), before.accelerator]
  const accelerators = now && was ? differ('accelerator', now, was) : []
  const models = Object.entries(compiledModels(experiment)).flatMap(([name, now]) => {
    const was = before.compiled[name]
    return was === undefined || (was === true) === (now === true) ? [] : differ(`model ${name}`, describe(now), describe(was))
  })
  return [...accelerators, ...models]
}

function acceleratorOf(experiment: Experiment): string | undefined {
  const facts = engineFacts(builtModels(experiment).values())
  return facts && (facts.gpu ?? 'none')
}

function compiledModels(experiment: Experiment): RunEnvironment['compiled'] {
  const models = [...builtModels(experiment)] as readonly [string, { readonly compiled?: true | string | undefined }][]
  return Object.fromEntries(models.flatMap(([name, { compiled }]) => (compiled === undefined ? [] : [[name, compiled]])))
}

const differ = (what: string, now: unknown, before: unknown): Differences => (now === before ? [] : [`${what}: ${now}, before ${before}`])

function datasetsOf({ pipelines }: Experiment, names = Object.keys(pipelines)): ReadonlyMap<string, SourceDataset> {
  return new Map(names.flatMap(name => Object.entries(pipelines[name]!.bindings.datasets)))
}
