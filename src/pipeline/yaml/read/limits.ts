import type { Findings } from '../checks/findings.js'
import { MAX_DEPTH, MAX_VALUES, type Origin, type Tree } from './tree.js'

/** True, and an error, for what is larger or deeper than a document may be. `isCopied` if aliases or references make it so. */
export function isTooLarge({ size, depth }: Tree, origin: Origin, findings: Findings, isCopied: boolean): boolean {
  if (depth > MAX_DEPTH) findings.add('document-too-deep', { max: MAX_DEPTH }, origin)
  else if (size > MAX_VALUES) findings.add('document-too-large', { max: MAX_VALUES, isCopied }, origin)
  return depth > MAX_DEPTH || size > MAX_VALUES
}
