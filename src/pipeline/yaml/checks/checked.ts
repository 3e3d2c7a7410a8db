/** What the checks of names share: the data as meant, its pipelines, and how an error is located in the source. */
import { type DetailsOf, type ErrorCode, nearestName } from '../../../errors/index.js'
import { isPlainObject, type JsonObject, type JsonValue } from '../../../util/json.js'
import type { ActionArgs } from '../../description/action-row.js'
import { liveActions } from '../../description/action-table.js'
import type { Problem } from '../../description/checks/problem.js'
import { type ActionSpec, type PipelineSpec, sections } from '../../description/content/pipeline-spec.js'
import { blocksOf } from '../../description/content/visit-actions.js'
import type { Registry } from '../../description/registry.js'
import type { Renames } from '../read/renames.js'
import type { Path, Tree } from '../read/tree.js'
import { contextOf, inHole, originOfEntry, originOfKey, originOfValue } from '../validation/locate.js'
import type { Findings } from './findings.js'

/** Errors about a key, not about its value. */
const byKey: readonly ErrorCode[] = ['unknown-action', 'unknown-key', 'function-in-yaml', 'no-dataset']

/** A composed document whose names are checked. */
export class Checked {
  readonly plain: JsonObject
  /** The readable parts of the pipelines; undefined for an unreadable one. */
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

  /** A map of the document; empty if there is none. */
  section(name: string): JsonObject {
    const value = this.plain[name]
    return isPlainObject(value) ? (value as JsonObject) : {}
  }

  /** True if a name that resembles no other has been reported before: its declaration is missing once, however often it is used. */
  #isRepeated([section, pipeline]: Path, code: ErrorCode, details: object): boolean {
    const { kind, seen, allowed } = details as Partial<DetailsOf<'unknown-name'>>
    if ((code !== 'unknown-name' && code !== 'not-initialised') || nearestName(seen!, allowed!) !== undefined) return false
    const inPipeline = section === 'pipelines' && kind !== 'dataset' && kind !== 'pipeline'
    const key = JSON.stringify([kind, kind === 'dataset' && allowed!.length === 0 ? '' : seen, inPipeline ? pipeline : ''])
    if (this.#missed.has(key)) return true
    this.#missed.add(key)
    return false
  }

  /** Reports an error at a path of the data as meant, unless that place has already been reported. */
  tell<Code extends ErrorCode>(meant: Path, code: Code, details: DetailsOf<Code>, findings = this.findings): void {
    const path = this.renames.toWritten(meant)
    if (inHole(this.root, path) || this.#isRepeated(meant, code, details as object)) return
    const origin = (code === 'config-problem' ? originOfEntry : byKey.includes(code) ? originOfKey : originOfValue)(this.root, path)
    findings.add(code, details, origin, contextOf(this.root, path))
  }

  /** Reports problems with the data as meant. Actions that a file cannot use are not suggested. */
  tellAll(problems: readonly Problem[]): void {
    for (const { path, code, details } of problems) {
      const inFile =
        code === 'unknown-action' ? { ...details, allowed: details.allowed.filter(action => !liveActions.includes(action)) } : details
      this.tell(path, code, inFile)
    }
  }
}

/**
 * The readable part of a pipeline. A dataset that is not a name counts as unknown. Items that are not actions are empty;
 * undefined if a list of actions is not a list.
 */
export function toPipeline(value: JsonValue): PipelineSpec | undefined {
  if (!isPlainObject(value) || sections.some(section => Object.hasOwn(value, section) && !Array.isArray(value[section]))) return undefined
  const { before, after, actions, batch, dataset, config } = value as JsonObject
  return {
    config: isPlainObject(config) ? (config as JsonObject) : {},
    ...(isPlainObject(batch) ? { batch: batch as JsonObject } : {}),
    ...(Array.isArray(before) ? { before: toActions(before) } : {}),
    actions: toActions(listOf(actions)),
    ...(Array.isArray(after) ? { after: toActions(after) } : {}),
    ...(typeof dataset === 'string' ? { dataset } : dataset === undefined ? {} : { datasetFrom: dataset }),
  }
}

function toActions(items: readonly unknown[]): readonly ActionSpec[] {
  return items.map(item => {
    if (!isPlainObject(item)) return {}
    const entries = Object.entries(item).map(([name, args]): [string, unknown] => {
      const inner = blocksOf(name, args as ActionArgs).map(([block, actions]) => [block, toActions(actions)])
      return [name, isPlainObject(args) && inner.length > 0 ? { ...args, ...Object.fromEntries(inner) } : args]
    })
    return Object.fromEntries(entries) as ActionSpec
  })
}

/** A list as it is; no items for anything else. */
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
