/** References inside a string: `${path}`, `${env:NAME:-default}`, one inside another. `$${` is the text `${`. */

/** Text as it stands, or a reference. */
export type Part = string | Reference

export interface Reference {
  /** As written, from `${` to `}`. */
  readonly written: string
  /** What is between the braces. */
  readonly inside: readonly Part[]
}

/** How many references may be inside one another. */
const MAX_DEPTH = 20

export type ReadReferences = { readonly parts: readonly Part[] } | { readonly reason: 'open' | 'deep'; readonly written: string }

/** The parts of a string; or, if a reference never ends or is too deep, where it begins and why it is none. */
export function readReferences(text: string): ReadReferences {
  const levels: Level[] = [{ start: 0, parts: [], braces: 0 }]
  for (let i = 0; i < text.length; ) {
    const level = levels.at(-1)!
    if (text.startsWith('$${', i)) {
      append(level, '${')
      // The brace of the escaped text ends with that text, not with the reference around it.
      level.braces += levels.length > 1 ? 1 : 0
      i += 3
    } else if (text.startsWith('${', i)) {
      if (levels.length > MAX_DEPTH) return { reason: 'deep', written: text.slice(levels[1]!.start, i + 2) }
      levels.push({ start: i, parts: [], braces: 0 })
      i += 2
    } else if (levels.length > 1 && text[i] === '}' && level.braces === 0) {
      levels.pop()
      levels.at(-1)!.parts.push({ written: text.slice(level.start, i + 1), inside: level.parts })
      i += 1
    } else {
      if (text[i] === '{') level.braces += 1
      else if (text[i] === '}') level.braces -= 1
      const next = nextMark(text, i + 1)
      append(level, text.slice(i, next))
      i = next
    }
  }
  const open = levels[1]
  return open ? { reason: 'open', written: text.slice(open.start) } : { parts: levels[0]!.parts }
}

interface Level {
  readonly start: number
  readonly parts: Part[]
  braces: number
}

function append({ parts }: Level, text: string): void {
  const last = parts.at(-1)
  if (typeof last === 'string') parts[parts.length - 1] = last + text
  else parts.push(text)
}

const marks = /[${}]/g

function nextMark(text: string, from: number): number {
  marks.lastIndex = from
  return marks.exec(text)?.index ?? text.length
}

/** The string that is read as this text: nothing in it is a reference. */
export const escapeReferences = (text: string): string => text.replaceAll('${', () => '$${')

/** The one reference that a string consists of, or undefined. */
export function wholeReference(text: string): Reference | undefined {
  if (!text.startsWith('${') || !text.endsWith('}')) return undefined
  const read = readReferences(text)
  const [part, ...others] = 'parts' in read ? read.parts : []
  return typeof part === 'object' && others.length === 0 ? part : undefined
}

/** What a reference leads to: a path, or a variable of the environment with the parts of its default. */
export type Target =
  | { readonly path: readonly Part[] }
  | { readonly variable: readonly Part[]; readonly fallback: readonly Part[] | undefined }

export function targetOf({ inside }: Reference): Target {
  const [first = '', ...rest] = inside
  if (typeof first !== 'string' || !first.trimStart().startsWith('env:')) return { path: inside }
  const parts = [first.trimStart().slice('env:'.length), ...rest]
  const at = parts.findIndex(part => typeof part === 'string' && part.includes(':-'))
  if (at < 0) return { variable: parts, fallback: undefined }
  const part = parts[at] as string
  const cut = part.indexOf(':-')
  const after = [part.slice(cut + 2), ...parts.slice(at + 1)]
  return { variable: [...parts.slice(0, at), part.slice(0, cut)], fallback: after[0] === '' ? after.slice(1) : after }
}
