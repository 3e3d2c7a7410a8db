/** Makes a description runnable: loads data, creates pipelines. */
import { fail } from '../errors/index.js'
import type { DatasetSpec, ExperimentSpec } from '../pipeline/description/content/experiment-spec.js'
import type { SourceMap } from '../pipeline/description/content/visit-actions.js'
import type { SourceDataset } from '../pipeline/description/contracts.js'
import { LIVE } from '../pipeline/description/expressions/operations.js'
import type { Registry } from '../pipeline/description/registry.js'
import { instantiatePipelines } from '../pipeline/index.js'
import type { ModulesOfFile } from '../pipeline/yaml/index.js'
import type { Experiment } from './experiment.js'

export interface OpenOptions {
  /** Where each pipeline's actions are written. Default: unknown. */
  readonly sources?: Readonly<Record<string, SourceMap>>
  /** The code that the experiment may load, as its reader returned it. Default: none. */
  readonly modules?: ModulesOfFile
}

/**
 * Loads an experiment's datasets and creates its pipelines. The spec's names must have been checked, as by `readExperimentFile`. With
 * the `sources` it returns, errors of a run name the line of the file; only the `modules` it returns are loaded.
 *
 * @example
 * const { spec, sources, modules } = readExperimentFile('pipelines/se-comparison.yaml', { registry })
 * await runExperiment(await openExperiment(spec!, registry, { sources, modules }))
 *
 * @throws MillraceError the errors of datasets: `data-file-missing`, `data-file-checksum`, …
 */
export async function openExperiment(
  spec: ExperimentSpec,
  registry: Registry,
  { sources, modules }: OpenOptions = {},
): Promise<Experiment> {
  const datasets: Record<string, SourceDataset> = {}
  for (const [name, dataset] of Object.entries(spec.datasets)) Object.assign(datasets, await loadParts(name, dataset, registry))
  const urls = new Map(modules?.loaded.map(({ module, url }) => [module, url]))
  const pipelines = instantiatePipelines(spec.pipelines, { datasets, models: registry.models, modules: urls }, sources)
  return Object.freeze({ spec, pipelines, ...(modules && { modules }) })
}

/** The dataset under its name, and its parts under `name.part`. */
async function loadParts(
  name: string,
  { openset, ...options }: DatasetSpec,
  { opensets }: Registry,
): Promise<Record<string, SourceDataset>> {
  if (openset === LIVE) fail('dataset-not-described', { name, openset })
  const row = Object.hasOwn(opensets, openset) ? opensets[openset] : undefined
  if (!row) return fail('unknown-name', { kind: 'open set', seen: openset, allowed: Object.keys(opensets) })
  const whole = await row.load(options)
  const parts = row.parts.map(part => [`${name}.${part}`, (whole as unknown as Record<string, SourceDataset>)[part]!] as const)
  return { [name]: whole, ...Object.fromEntries(parts) }
}
