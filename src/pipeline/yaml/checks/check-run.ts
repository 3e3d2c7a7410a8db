/** Names outside pipelines: who takes turns, what is recorded, what the charts show. */
import { isPlainObject } from '../../../util/json.js'
import type { Path } from '../read/tree.js'
import type { Checked } from './checked.js'
import { listOf, membersOf } from './checked.js'

export function checkRun(checked: Checked): void {
  // Without any pipeline every name would be unknown; that there are none has been told.
  if (checked.pipelines.size === 0) return
  const { turns, after, record } = checked.section('run')
  for (const [i, name] of listOf(turns).entries()) checkPipeline(checked, name, ['run', 'turns', i])
  for (const [i, item] of listOf(after).entries()) {
    if (!isPlainObject(item)) continue
    checkPipeline(checked, item.pipeline, ['run', 'after', i, 'pipeline'])
    const { epochs, iterations = null } = isPlainObject(item.batch) ? item.batch : {}
    if (epochs === null && iterations === null) {
      checked.tell(['run', 'after', i, 'batch', 'epochs'], 'endless-after', { pipeline: `${item.pipeline}` })
    }
  }
  const later = listOf(after).map(item => isPlainObject(item) && item.pipeline)
  for (const name of turns === undefined && isPlainObject(checked.plain.run) ? checked.pipelines.keys() : []) {
    if (!later.includes(name)) checkPipeline(checked, name, ['pipelines', name])
  }
  for (const [i, ref] of listOf(record).entries()) checkMember(checked, ref, 'variable', ['run', 'record', i])
  for (const [i, chart] of listOf(checked.section('report').charts).entries()) {
    if (isPlainObject(chart)) for (const kind of Object.keys(chart)) checkChart(checked, kind, chart[kind], ['report', 'charts', i, kind])
  }
}

function checkPipeline(checked: Checked, seen: unknown, path: Path): void {
  if (typeof seen !== 'string') return
  const { pipelines } = checked
  if (!pipelines.has(seen)) checked.tell(path, 'unknown-name', { kind: 'pipeline', seen, allowed: [...pipelines.keys()] })
  else if (pipelines.get(seen) && !Object.hasOwn(checked.section('pipelines')[seen] as object, 'dataset')) {
    checked.tell(path, 'no-dataset', { seen })
  }
}

function checkMember(checked: Checked, seen: unknown, kind: 'variable' | 'model', path: Path): void {
  if (typeof seen !== 'string') return
  const pipeline = seen.split('.')[0]!
  if (checked.pipelines.has(pipeline) && membersOf(checked.pipelines.get(pipeline), kind) === undefined) return
  const allowed = [...checked.pipelines].flatMap(([name, spec]) => (membersOf(spec, kind) ?? []).map(member => `${name}.${member}`))
  if (!allowed.includes(seen)) checked.tell(path, 'unknown-name', { kind, seen, allowed })
}

function checkChart(checked: Checked, kind: string, options: unknown, at: Path): void {
  const row = Object.hasOwn(checked.registry.charts, kind) ? checked.registry.charts[kind]! : undefined
  if (!row || !isPlainObject(options)) return
  for (const [min, max] of ranges) checkRange(checked, options, min, max, at)
  // A text is no map of references, though it has entries: its letters.
  const inMap = ({ path }: { readonly path: Path }) => path.length < 2 || isPlainObject(options[path[0]!])
  for (const { ref, path } of attempt(() => row.variables(options)).filter(inMap)) checkMember(checked, ref, 'variable', [...at, ...path])
  for (const { ref, path } of attempt(() => row.models?.(options) ?? []).filter(inMap)) checkMember(checked, ref, 'model', [...at, ...path])
}

/** Options that are the ends of a range. */
const ranges = [
  ['from', 'to'],
  ['yMin', 'yMax'],
] as const

function checkRange(checked: Checked, options: Record<string, unknown>, min: string, max: string, at: Path): void {
  const [from, to] = [options[min], options[max]]
  if (typeof from !== 'number' || typeof to !== 'number' || from <= to) return
  checked.tell([...at, min], 'wrong-value', { name: min, seen: `${from}`, allowed: `a number up to ${to}, which is ${max}` })
}

/** Options that the schema refuses may be of any shape, which a chart's own reading need not expect. */
function attempt<T>(read: () => readonly T[]): readonly T[] {
  try {
    return read()
  } catch {
    return []
  }
}
