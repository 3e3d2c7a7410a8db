/** Values from outside of files: the environment, the command line. */
import { type Origin, type Scalar, scalarTree, type Tree } from './tree.js'

/**
 * A number, true, false or null if it is spelled as Millrace prints it, otherwise text: `7` and `0.1` are numbers; `007`, `1.10` and
 * `1234e567`, which would not keep their spelling, are text. Where the other is wanted, it is read as that.
 */
export function readLoose(text: string, origin: Origin): Tree {
  const value = scalarOf(text)
  return scalarTree(`${value}` === text ? value : text, origin, { spelled: text, isLoose: true })
}

/** The value that YAML reads. */
export function scalarOf(text: string): Scalar {
  if (/^(?:|~|null|Null|NULL)$/.test(text)) return null
  if (/^(?:true|True|TRUE)$/.test(text)) return true
  if (/^(?:false|False|FALSE)$/.test(text)) return false
  if (/^0x[0-9a-fA-F]+$|^0o[0-7]+$/.test(text)) return Number(text)
  if (/^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/.test(text)) return Number(text)
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity
  return /^\.(?:nan|NaN|NAN)$/.test(text) ? NaN : text
}

/** The other readings of a loose value, if there are any. */
export function otherReading(tree: Tree): Tree | undefined {
  if (tree.kind !== 'scalar' || !tree.isLoose || tree.spelled === undefined) return undefined
  const value = typeof tree.value === 'string' ? scalarOf(tree.spelled) : tree.spelled
  return value === tree.value ? undefined : scalarTree(value, tree.origin, tree)
}
