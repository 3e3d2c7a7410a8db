/** Overrides that change nothing: a slip, unless the value was already that. */
import { isDeepStrictEqual } from 'node:util'
import { isPlainObject } from '../../../util/json.js'
import type { Findings } from '../checks/findings.js'
import type { Override } from './override-text.js'
import { type Tree, toPlain } from './tree.js'

interface Idling {
  readonly findings: Findings
  readonly notes: Findings
  /** The document with some of the overrides. */
  readonly compose: (overrides: readonly Override[]) => Tree
}

/** Reports each override without which the experiment is the same: as a note if its value was already that, otherwise as an error. */
export function reportIdle(overrides: readonly Override[], { findings, notes, compose }: Idling): void {
  if (overrides.length === 0) return
  const document = (chosen: readonly Override[]) => toPlain(compose(chosen))
  const all = document(overrides)
  for (const [i, { source, path, keys }] of overrides.entries()) {
    const without = document(overrides.toSpliced(i, 1))
    if (!isDeepStrictEqual(usedOf(all), usedOf(without))) continue
    // What a later override changes again, or what only a later one uses, is no slip.
    const before = document(overrides.slice(0, i))
    const after = document(overrides.slice(0, i + 1))
    if (!isDeepStrictEqual(usedOf(before), usedOf(after))) continue
    const isThere = isDeepStrictEqual(before, after)
    const origin = { source, start: keys[0]!.start, end: keys.at(-1)!.end }
    if (isThere) notes.add('override-repeats', { path }, origin)
    else findings.add('override-unused', { path }, origin)
  }
}

/** What an experiment consists of: all but the fragments. */
function usedOf(document: unknown): unknown {
  if (!isPlainObject(document)) return document
  const { vars: _, configs: __, ...used } = document
  return used
}
