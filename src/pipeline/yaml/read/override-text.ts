/** One `--set`: `path=value`, or `~path` for a path that is deleted. */
import { visit } from 'yaml'
import type { Findings } from '../checks/findings.js'
import { type PathKey, printPath, readPath } from './key-path.js'
import { scalarOf } from './loose-values.js'
import { readYaml } from './read-yaml.js'
import { toTree } from './to-tree.js'
import { deletionTree, holeTree, MAX_DEPTH, type Origin, type SourceText, scalarTree, type Tree } from './tree.js'

/** What errors name instead of a file. */
export const COMMAND_LINE = '--set'

export interface Override {
  readonly source: SourceText
  readonly keys: readonly PathKey[]
  /** The path as errors print it. */
  readonly path: string
  readonly value: Tree
}

/** The parts of an override; undefined, and an error, if it has none. */
export function readOverride(text: string, findings: Findings): Override | undefined {
  const source: SourceText = { file: COMMAND_LINE, text }
  const whole: Origin = { source, start: 0, end: text.length }
  const fail = (reason: string): undefined => {
    findings.add('unreadable-override', { reason }, whole)
    return undefined
  }
  const isDeletion = text.trimStart().startsWith('~')
  const begin = isDeletion ? text.indexOf('~') + 1 : 0
  const equals = isDeletion ? text.length : equalsOf(text)
  if (equals < 0) return fail('it has no =')
  const path = text.slice(begin, equals)
  if (path.trim() === '') return fail(isDeletion ? 'there is no path after ~' : 'there is no path before =')
  const start = begin + /^\s*/.exec(path)![0].length
  const keys = readPath(path.trim())?.map(key => ({ ...key, start: key.start + start, end: key.end + start }))
  if (!keys) return fail('a quote in its path is not closed, or is followed by something other than a dot')
  if (keys.length > MAX_DEPTH) return fail(`its path has more than ${MAX_DEPTH} keys`)
  const value = isDeletion ? deletionTree(whole, true) : readValue(source, equals + 1, findings)
  return { source, keys, path: printPath(keys.map(({ name }) => name)), value }
}

/** The first `=` that is not in quotes. */
function equalsOf(text: string): number {
  const [path] = /^(?:"(?:[^"\\]|\\.)*"|'[^']*'(?=\s*[.=])|[^=])*?(?==)/.exec(text) ?? [undefined]
  return path === undefined ? -1 : path.length
}

/**
 * What is after `=`. Lists, maps, quoted strings and tagged values are YAML; anything else is one number, true, false, null or string, as
 * it stands: no comment, no colon, no sign of YAML ends it.
 */
function readValue(source: SourceText, begin: number, findings: Findings): Tree {
  const text = source.text.slice(begin).trim()
  const start = begin + (source.text.slice(begin).length - source.text.slice(begin).trimStart().length)
  const origin: Origin = { source, start, end: start + text.length }
  if (text === '') return scalarTree(null, { source, start: begin - 1, end: begin })
  const value = scalarOf(text)
  if (!isYaml(text)) return scalarTree(value, origin, { spelled: text, isLoose: value !== null })
  const before = findings.count
  // The path is replaced by spaces, not removed, so that positions match the whole override.
  const read = readYaml(source, findings, ' '.repeat(start) + text)
  const tree = toTree(read, source, findings)
  if (findings.count > before) return holeTree(origin)
  let hasComment = Boolean(read.document.comment || read.document.commentBefore)
  visit(read.document, {
    Node: (_, { comment, commentBefore }) => {
      hasComment ||= Boolean(comment || commentBefore)
    },
  })
  if (!hasComment) return tree
  findings.add('unreadable-override', { reason: 'a comment begins in its value', fix: 'Put a string that contains # in quotes' }, origin)
  return holeTree(origin)
}

const wholeQuote = /^(?:"(?:[^"\\]|\\[\s\S])*"|'(?:[^']|'')*')$/

function isYaml(text: string): boolean {
  return /^[[{!]/.test(text) || wholeQuote.test(text)
}
