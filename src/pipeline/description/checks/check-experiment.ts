/**
 * Names in an experiment, inside its pipelines and between them: which take turns, what is recorded, what the charts show. One check for
 * all entry points; of an experiment that is partly readable it checks the readable part.
 */
import type { ChartKind } from '../../../contracts/charts.js'
import { isPlainObject, type JsonObject } from '../../../util/json.js'
import { declaredNames } from '../content/declared-names.js'
import { passBatch } from '../content/pass-batch.js'
import type { PipelineSpec } from '../content/pipeline-spec.js'
import { isMetricOf, metricNamesOf } from '../metric-names.js'
import { importCircles, leadsTo, type Pipelines, waitCircles } from './check-circles.js'
import { checkPipelineNames, type NameScope } from './check-names.js'
import { metricsIn } from './metrics-in-variables.js'
import { type Problem, type ProblemPath, problem } from './problem.js'

/** The readable part of an experiment. */
export interface WrittenExperiment {
  readonly pipelines: Pipelines
  /** Undefined if how the pipelines run cannot be read. */
  readonly run: JsonObject | undefined
  readonly charts: unknown
}

/** Problems with the names inside one pipeline. Paths lead from the root of the experiment. */
export function pipelineProblems(pipelines: Pipelines, name: string, scope: NameScope, isPartial = false): readonly Problem[] {
  const spec = pipelines.get(name)
  if (!spec) return []
  const others = [...pipelines].filter(([other]) => other !== name)
  const around: NameScope = isPartial
    ? scope
    : {
        ...scope,
        pipelines: Object.fromEntries(others.map(([other, described]) => [other, membersOf(described, 'model')])),
        specs: Object.fromEntries(others),
      }
  // A pipeline that refers to itself, for batches or a model, is reported as a circle.
  const isCircle = ({ path, code, details }: Problem) =>
    code === 'unknown-name' && details.kind === 'pipeline' && details.seen === name && path.at(-1) !== 'pipeline'
  return checkPipelineNames(spec, around)
    .filter(found => !isCircle(found))
    .map(found => ({ ...found, path: ['pipelines', name, ...found.path] }))
}

/** Problems with everything that concerns several pipelines. Paths lead from the root of the experiment. */
export function experimentProblems(written: WrittenExperiment, chartKinds: Readonly<Record<string, ChartKind>>): readonly Problem[] {
  const { pipelines, run, charts } = written
  const circles = [...importCircles(pipelines), ...waitCircles(pipelines)]
  // Without pipelines, every name would be unknown.
  if (pipelines.size === 0) return circles
  return [
    ...circles,
    ...(run ? runProblems(pipelines, run) : []),
    ...listOf(charts).flatMap((chart, i) => chartProblems(pipelines, chart, i, chartKinds)),
  ]
}

function runProblems(pipelines: Pipelines, { turns, batch: shared, every, after, record }: JsonObject): readonly Problem[] {
  const [passes, later] = [every, after].map(list => listOf(list).map(item => (isPlainObject(item) ? item : {})))
  const isLater = (name: string) => [...passes!, ...later!].some(({ pipeline }) => pipeline === name)
  const taking = turns ?? [...pipelines.keys()].filter(name => !isLater(name))
  const untold = [...pipelines.keys()].filter(name => turns === undefined && !isLater(name))
  return [
    ...listOf(turns).flatMap((name, i) => batchProblems(pipelines, name, ['run', 'turns', i])),
    ...passes!.flatMap((pass, i) => passProblems(pipelines, pass, { turns, batch: shared }, ['run', 'every', i])),
    ...later!.flatMap(({ pipeline, batch }, i) => [
      ...batchProblems(pipelines, pipeline, ['run', 'after', i, 'pipeline']),
      ...(isEndless(batch) ? [problem(['run', 'after', i, 'batch', 'epochs'], 'endless-after', { pipeline: `${pipeline}` })] : []),
    ]),
    ...untold.flatMap(name => batchProblems(pipelines, name, ['pipelines', name])),
    ...listOf(record).flatMap((ref, i) => [
      ...memberProblems(pipelines, ref, 'variable', ['run', 'record', i]),
      ...recordProblems(pipelines, ref, [...listOf(taking), ...passes!.map(({ pipeline }) => pipeline)], ['run', 'record', i]),
    ]),
  ]
}

/** A pipeline of `run.every` takes no turns, and ends. */
function passProblems(
  pipelines: Pipelines,
  { pipeline, batch }: Readonly<Record<string, unknown>>,
  run: Readonly<Record<'turns' | 'batch', unknown>>,
  at: ProblemPath,
): readonly Problem[] {
  const own = typeof pipeline === 'string' ? pipelines.get(pipeline)?.batch : undefined
  const isEndlessHere = isPlainObject(batch) && isEndless(batch)
  const allowed = 'a pipeline that takes no turns'
  return [
    ...batchProblems(pipelines, pipeline, [...at, 'pipeline']),
    ...(listOf(run.turns).includes(pipeline)
      ? [problem([...at, 'pipeline'], 'wrong-value', { name: 'pipeline of run.every', seen: `${pipeline}`, allowed })]
      : []),
    ...(isEndless(passBatch(run.batch, own, batch))
      ? [problem(isEndlessHere ? [...at, 'batch', 'epochs'] : [...at, 'pipeline'], 'endless-after', { pipeline: `${pipeline}` })]
      : []),
  ]
}

/** What is recorded after each round must change in the rounds: its pipeline takes turns or makes passes, or one that does takes batches from it. */
function recordProblems(pipelines: Pipelines, ref: unknown, turns: unknown, path: ProblemPath): readonly Problem[] {
  const [pipeline] = typeof ref === 'string' ? ref.split('.') : []
  const names = listOf(turns).filter(name => typeof name === 'string')
  // Unknown turns are reported as such.
  if (names.some(name => !pipelines.has(name))) return []
  if (pipeline === undefined || !pipelines.has(pipeline) || names.includes(pipeline)) return []
  const isReached = names.some(name => leadsTo(pipelines, name, pipeline))
  return isReached ? [] : [problem(path, 'record-without-turns', { ref: `${ref}`, pipeline, turns: names })]
}

function isEndless(batch: unknown): boolean {
  const { epochs, iterations = null } = isPlainObject(batch) ? batch : {}
  return epochs === null && iterations === null
}

/** A pipeline that takes batches must exist and have a dataset. */
function batchProblems(pipelines: Pipelines, seen: unknown, path: ProblemPath): readonly Problem[] {
  if (typeof seen !== 'string') return []
  if (!pipelines.has(seen)) return [problem(path, 'unknown-name', { kind: 'pipeline', seen, allowed: [...pipelines.keys()] })]
  const spec = pipelines.get(seen)
  return spec && spec.dataset === undefined && spec.datasetFrom === undefined ? [problem(path, 'no-dataset', { seen })] : []
}

/** `pipeline.variable` or `pipeline.model` must be declared. */
function memberProblems(pipelines: Pipelines, seen: unknown, kind: 'variable' | 'model', path: ProblemPath): readonly Problem[] {
  if (typeof seen !== 'string') return []
  const pipeline = seen.split('.')[0]!
  if (pipelines.has(pipeline) && membersOf(pipelines.get(pipeline), kind) === undefined) return []
  const allowed = [...pipelines].flatMap(([name, spec]) => (membersOf(spec, kind) ?? []).map(member => `${name}.${member}`))
  // A key of a map, or a metric, is recorded under its own name.
  const holder = kind === 'variable' ? allowed.find(name => seen.startsWith(`${name}.`)) : undefined
  if (holder !== undefined && !allowed.includes(seen)) {
    const metrics = metricsIn(pipelines.get(pipeline)!, holder.slice(pipeline.length + 1))
    const metric = seen.slice(holder.length + 1).split('.')[0]!
    if (metrics === undefined || isMetricOf(metrics, metric)) return []
    return [problem(path, 'unknown-name', { kind: `metric of ${metrics} in ${holder}`, seen: metric, allowed: metricNamesOf(metrics) })]
  }
  return allowed.includes(seen) ? [] : [problem(path, 'unknown-name', { kind, seen, allowed })]
}

function chartProblems(pipelines: Pipelines, chart: unknown, i: number, kinds: Readonly<Record<string, ChartKind>>): readonly Problem[] {
  return Object.entries(isPlainObject(chart) ? chart : {}).flatMap(([kind, options]) => {
    const row = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined
    if (!row || !isPlainObject(options)) return []
    const at = ['report', 'charts', i, kind]
    // A string is not a map of references, although it has entries: its characters.
    const inMap = ({ path }: { readonly path: ProblemPath }) => path.length < 2 || isPlainObject(options[path[0]!])
    const members = (of: 'variables' | 'models', member: 'variable' | 'model') =>
      attempt(() => row[of]?.(options) ?? [])
        .filter(inMap)
        .flatMap(({ ref, path }) => memberProblems(pipelines, ref, member, [...at, ...path]))
    const ranges = (row.ranges ?? []).flatMap(([min, max]) => rangeProblems(options, min, max, at))
    return [...ranges, ...members('variables', 'variable'), ...members('models', 'model')]
  })
}

function rangeProblems(options: Record<string, unknown>, min: string, max: string, at: ProblemPath): readonly Problem[] {
  const [from, to] = [options[min], options[max]]
  if (typeof from !== 'number' || typeof to !== 'number' || from <= to) return []
  return [problem([...at, min], 'wrong-value', { name: min, seen: `${from}`, allowed: `a number up to ${to}, which is ${max}` })]
}

/** Options that the schema rejects may have any shape; a chart's own reader need not handle them. */
function attempt<T>(read: () => readonly T[]): readonly T[] {
  try {
    return read()
  } catch {
    return []
  }
}

/** The models or variables of a pipeline; undefined if the name of one cannot be read. */
function membersOf(pipeline: PipelineSpec | undefined, kind: 'model' | 'variable'): readonly string[] | undefined {
  const names: readonly unknown[] | undefined = pipeline && declaredNames(pipeline, kind)
  if (!names?.every(name => typeof name === 'string')) return undefined
  return [...new Set(names)] as readonly string[]
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
