/** What the checks of names share: the data as meant, its pipelines, and how an error finds its place in the text. */
import { type DetailsOf, type ErrorCode, nearestName } from '../../errors/index.js'
import { isPlainObject, type JsonObject, type JsonValue } from '../../util/json.js'
import { declaredModels } from '../spec/check-names.js'
import type { ActionSpec, PipelineSpec } from '../spec/pipeline-spec.js'
import type { Registry } from '../spec/registry.js'
import type { Findings } from './findings.js'
import { contextOf, inHole, originOfEntry, originOfKey, originOfValue } from './locate.js'
import type { Renames } from './renames.js'
import type { Path, Tree } from './tree.js'

/** Errors about a key, not about what it holds. */
const byKey: readonly ErrorCode[] = ['unknown-action', 'unknown-key', 'function-in-yaml', 'no-dataset']

/** A composed document whose names are checked. */
export class Checked {
  readonly plain: JsonObject
  /** The pipelines as far as they can be read; undefined for one that cannot. */
  readonly pipelines: ReadonlyMap<string, PipelineSpec | undefined>
  readonly #missed = new Set<string>()

  constructor(
    readonly root: Tree,
    written: JsonValue,
    readonly renames: Renames,
    readonly registry: Registry,
    readonly findings: Findings,
  ) {
    const meant = renames.apply(written)
    this.plain = isPlainObject(meant) ? (meant as JsonObject) : {}
    this.pipelines = new Map(Object.entries(this.section('pipelines')).map(([name, value]) => [name, toPipeline(value)]))
  }

  /** A map of the document; empty where there is none. */
  section(name: string): JsonObject {
    const value = this.plain[name]
    return isPlainObject(value) ? (value as JsonObject) : {}
  }

  /** Whether a name that is like no other has been missed before: what is missing is its declaration, once, however often it is used. */
  #isRepeated([section, pipeline]: Path, code: ErrorCode, details: object): boolean {
    const { kind, seen, allowed } = details as Partial<DetailsOf<'unknown-name'>>
    if ((code !== 'unknown-name' && code !== 'not-initialised') || nearestName(seen!, allowed!) !== undefined) return false
    const inPipeline = section === 'pipelines' && kind !== 'dataset' && kind !== 'pipeline'
    const key = JSON.stringify([kind, kind === 'dataset' && allowed!.length === 0 ? '' : seen, inPipeline ? pipeline : ''])
    if (this.#missed.has(key)) return true
    this.#missed.add(key)
    return false
  }

  /** Tells an error at a path of the data as meant, unless that place has been told already. */
  tell<Code extends ErrorCode>(meant: Path, code: Code, details: DetailsOf<Code>, findings = this.findings): void {
    const path = this.renames.toWritten(meant)
    if (inHole(this.root, path) || this.#isRepeated(meant, code, details as object)) return
    const origin = (code === 'config-problem' ? originOfEntry : byKey.includes(code) ? originOfKey : originOfValue)(this.root, path)
    findings.add(code, details, origin, contextOf(this.root, path))
  }
}

function toPipeline(value: JsonValue): PipelineSpec | undefined {
  if (!isPlainObject(value) || (Object.hasOwn(value, 'actions') && !Array.isArray(value.actions))) return undefined
  const actions = listOf(value.actions).map(item => (isPlainObject(item) ? item : {})) as ActionSpec[]
  const config = isPlainObject(value.config) ? (value.config as JsonObject) : {}
  return { config, actions, ...(typeof value.dataset === 'string' ? { dataset: value.dataset } : {}) }
}

/** A list as it is; no items for anything else. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** The models or variables of a pipeline; undefined where one has a name that cannot be read. */
export function membersOf(pipeline: PipelineSpec | undefined, kind: 'model' | 'variable'): readonly string[] | undefined {
  const actions = kind === 'model' ? ['initModel', 'importModel'] : ['initVariable']
  const names = pipeline?.actions.flatMap(action => actions.flatMap(name => (Object.hasOwn(action, name) ? [action[name]?.name] : [])))
  if (!names?.every(name => typeof name === 'string')) return undefined
  return kind === 'model' ? [...declaredModels(pipeline!.actions).keys()] : names
}
