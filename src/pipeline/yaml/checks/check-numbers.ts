/** Numbers that would become others in silence. */

import type { Tree } from '../read/tree.js'
import type { Findings } from './findings.js'

/** Fragments that an experiment does not use as they are. */
const fragments = ['vars', 'configs']

/** Reports integers that a number does not hold exactly, and numbers that are too large for one. Inside a string they keep their spelling. */
export function checkNumbers(root: Tree, findings: Findings): void {
  if (root.kind !== 'map') return
  for (const [section, { value }] of root.entries) if (!fragments.includes(section)) walk(value, findings)
}

function walk(tree: Tree, findings: Findings): void {
  if (tree.kind === 'list') for (const item of tree.items) walk(item, findings)
  else if (tree.kind === 'map') for (const { value } of tree.entries.values()) walk(value, findings)
  else if (tree.kind === 'scalar' && typeof tree.value === 'number' && tree.spelled !== undefined) {
    const { value, spelled, origin } = tree
    const isInfinity = /^[-+]?\./.test(spelled)
    const isHeld = Number.isFinite(value) ? !isInteger(spelled) || isExact(spelled, value) : isInfinity
    if (!isHeld) findings.add('inexact-number', { spelled, value }, origin)
  }
}

const isInteger = (spelled: string) => /^[-+]?\d+$|^0[xo]/.test(spelled)

/** True of an integer that the number is, or that a number of this size is printed as. */
const isExact = (spelled: string, value: number) => `${value}` === spelled || BigInt(spelled.replace('+', '')) === BigInt(value)
