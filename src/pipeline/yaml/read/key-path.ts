/** Paths of keys in `--set` and references: keys separated by dots. A key that contains a dot is quoted: `vars."a.b".c`. */

export interface PathKey {
  readonly name: string
  /** Where it is in the text of the path. */
  readonly start: number
  readonly end: number
}

const quoted = /"(?:[^"\\]|\\.)*"|'[^']*'/y

/** The keys of a path; undefined if a quote is not closed, or something follows it other than a dot. */
export function readPath(text: string): readonly PathKey[] | undefined {
  const keys: PathKey[] = []
  for (let start = 0; ; ) {
    quoted.lastIndex = start
    const quote = quoted.exec(text)?.[0]
    const dot = text.indexOf('.', start)
    const end = quote === undefined ? (dot < 0 ? text.length : dot) : start + quote.length
    if (quote === undefined && /^["']/.test(text.slice(start, end))) return undefined
    const name = quote === undefined ? text.slice(start, end) : unquote(quote)
    if (name === undefined || (end < text.length && text[end] !== '.')) return undefined
    keys.push({ name, start, end })
    if (end === text.length) return keys
    start = end + 1
  }
}

function unquote(quote: string): string | undefined {
  if (quote.startsWith("'")) return quote.slice(1, -1)
  try {
    return JSON.parse(quote) as string
  } catch {
    return undefined
  }
}

/** A key as it is written in a path. */
export const printKey = (key: string | number): string => (/^$|^["']|[.=]|^\s|\s$/.test(`${key}`) ? JSON.stringify(`${key}`) : `${key}`)

/** A path as it is written. */
export const printPath = (keys: readonly (string | number)[]): string => keys.map(printKey).join('.')
