/** Writes specs as YAML: resolved, expressions as tags, small lists and maps on one line. */
import { Document, isCollection, isMap, isScalar, isSeq, Scalar, visit, YAMLMap, YAMLSeq } from 'yaml'
import { isPlainObject } from '../../util/json.js'
import type { ExperimentSpec } from '../description/content/experiment-spec.js'
import type { PipelineSpec } from '../description/content/pipeline-spec.js'
import { letterOf } from '../description/expressions/expression-json.js'
import { letterRow } from '../description/expressions/letters.js'
import { escapeReferences } from './read/references.js'

/**
 * An experiment as a YAML file. Reading it returns an equal spec.
 *
 * @example
 * import { writeFile } from 'node:fs/promises'
 * await writeFile('config.yaml', dumpExperiment(spec))
 */
export function dumpExperiment(spec: ExperimentSpec): string {
  return dumpPlain(spec)
}

/** One pipeline as YAML: what is below its name in a file. */
export function dumpPipeline(spec: PipelineSpec): string {
  return dumpPlain(spec)
}

/** Plain data as YAML. */
export function dumpPlain(value: unknown): string {
  const document = new Document(null, { version: '1.2', schema: 'core', aliasDuplicateObjects: false })
  document.contents = toNode(value) as never
  visit(document, {
    Collection: (_, node, path) => {
      if (isFlat(node) && !(isSeq(path.at(-1)) && isOneKey(node))) node.flow = true
    },
  })
  return document.toString({ lineWidth: WIDTH, flowCollectionPadding: false, defaultStringType: 'PLAIN' })
}

const WIDTH = 120

function toNode(value: unknown): unknown {
  if (typeof value === 'string') return toText(value)
  if (Array.isArray(value)) {
    const list = new YAMLSeq()
    list.items = value.map(toNode)
    return list
  }
  if (!isPlainObject(value)) return new Scalar(value)
  const letter = letterOf(value)
  const name = letter && value[letter]
  if (
    letter &&
    !letterRow(letter).tag?.before &&
    Object.keys(value).length === 1 &&
    (name === null || (typeof name === 'string' && name !== ''))
  ) {
    const tagged = name === null ? Object.assign(new Scalar(null), { source: '' }) : toText(name as string)
    return Object.assign(tagged, { tag: `!${letter}` })
  }
  const map = new YAMLMap()
  for (const [key, item] of Object.entries(value)) map.add({ key: toKey(key), value: toNode(item) } as never)
  return map
}

/** `<<` without quotes would be a merge key, not the operation. */
function toKey(key: string): Scalar {
  return Object.assign(toText(key), key === '<<' && { type: Scalar.QUOTE_SINGLE })
}

/** A reference in a spec is plain text: a `$` before it keeps it from being resolved again. */
function toText(text: string): Scalar {
  return new Scalar(escapeReferences(text))
}

/** Actions and charts: their one key begins a line. */
function isOneKey(node: unknown): boolean {
  if (!isMap(node) || node.items.length !== 1) return false
  const [{ key, value }] = node.items as unknown as [{ key: Scalar; value: unknown }]
  return isMap(value) && `${key.value}`.length > 1
}

/** True if a list or map of plain values is short enough for one line. */
function isFlat(node: unknown): boolean {
  if (!isCollection(node) || (isSeq(node) && node.items.some(isOneKey))) return false
  const values = isMap(node) ? node.items.flatMap(({ key, value }) => [key, value]) : (node as YAMLSeq).items
  if (!values.every(item => isScalar(item) || isFlat(item))) return false
  return JSON.stringify(node.toJSON())!.length < WIDTH - 50
}
