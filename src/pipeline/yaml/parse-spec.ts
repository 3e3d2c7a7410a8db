/** Composed, valid data → the experiment's spec: fragments removed, defaults filled in, frozen. */
import { basename } from 'node:path'
import { clonePlain, deepFreeze, type JsonObject } from '../../util/json.js'
import { actionTable, isActionName } from '../description/action-table.js'
import { orderArguments } from '../description/checks/check-arguments.js'
import type { ExperimentSpec } from '../description/content/experiment-spec.js'
import { inferRun, type PartialRun } from '../description/content/infer-run.js'
import { type ActionSpec, actionParts, type PipelineSpec } from '../description/content/pipeline-spec.js'
import { blocksOf } from '../description/content/visit-actions.js'

/** The spec that `experiment()` returns for the same description. */
export function parseSpec(plain: JsonObject, file: string): ExperimentSpec {
  const { vars: _vars, configs: _configs, ...rest } = clonePlain(plain)
  const name = (rest.name as string | undefined) ?? nameOfFile(file)
  const pipelines = rest.pipelines as unknown as Record<string, Partial<PipelineSpec>>
  return deepFreeze({
    name,
    title: (rest.title as string | undefined) ?? name,
    description: (rest.description as string | undefined) ?? '',
    seed: (rest.seed as number | undefined) ?? 0,
    datasets: (rest.datasets ?? {}) as unknown as ExperimentSpec['datasets'],
    pipelines: Object.fromEntries(Object.entries(pipelines).map(([key, pipeline]) => [key, parsePipeline(pipeline)])),
    run: inferRun(rest.run as unknown as PartialRun, Object.keys(pipelines)),
    report: { charts: (rest.report as unknown as ExperimentSpec['report'] | undefined)?.charts ?? [] },
  })
}

function parsePipeline({ dataset, config = {}, batch, before, actions = [], after }: Partial<PipelineSpec>): PipelineSpec {
  return {
    ...(dataset === undefined ? {} : { dataset }),
    config,
    ...(batch === undefined ? {} : { batch }),
    ...(before?.length ? { before: before.map(inTableOrder) } : {}),
    actions: actions.map(inTableOrder),
    ...(after?.length ? { after: after.map(inTableOrder) } : {}),
  }
}

/** An action with its arguments in the order of the action table, as the fluent API writes them. */
function inTableOrder(action: ActionSpec): ActionSpec {
  const [name, args] = actionParts(action)
  if (!isActionName(name)) return action
  const blocks = blocksOf(name, args).map(([block, actions]) => [block, actions.map(inTableOrder)] as const)
  return { [name]: orderArguments({ ...args, ...Object.fromEntries(blocks) } as JsonObject, actionTable[name].args) }
}

/** The file's name without folder and extension; `experiment` for a source without a file. */
function nameOfFile(file: string): string {
  const stem = basename(file).replace(/\.ya?ml$/i, '')
  return stem.replace(/[^\w .-]+/g, '-').replace(/^\W+/, '') || 'experiment'
}
