import { type DetailsOf, type ErrorCode, MillraceError, type Place } from '../../../errors/index.js'
import { type Origin, type SourceText, toPlace } from '../read/tree.js'

/** Where else in the work it is, besides line and column. */
export type Context = Omit<Place, 'source'>

/** Collects what is wrong with a document: each mistake once, in the order of the text. */
export class Findings {
  readonly #found = new Map<string, { readonly error: MillraceError; readonly origin: Origin }>()
  readonly #sources: SourceText[] = []

  /** Where a text stops being YAML: what follows is not judged. */
  readonly broken = new Map<SourceText, number>()

  /** Set where a file that is extended could not be read to its end: whatever is missing may be in it. */
  isIncomplete = false

  /** Whether some of the document is not known, so that nothing can be said to be nowhere. */
  get isPartial(): boolean {
    return this.isIncomplete || this.broken.size > 0
  }

  /** `reach` is the end of what had to be read to know this; past a syntax error nothing is known. */
  add<Code extends ErrorCode>(code: Code, details: DetailsOf<Code>, origin: Origin, context: Context = {}, reach = origin.end): void {
    const { source, start } = origin
    if (code === 'missing-key' && this.isIncomplete) return
    if (code !== 'yaml-syntax' && !this.isKnown({ ...origin, end: reach })) return
    if (!this.#sources.includes(source)) this.#sources.push(source)
    const error = new MillraceError(code, details, { ...context, source: toPlace(origin) })
    // One fragment used by two classes of models is one mistake.
    const what = error.parts.what.replaceAll((details as { readonly modelClass?: string }).modelClass ?? error.parts.what, '')
    const key = `${this.#sources.indexOf(source)}:${start}:${code}:${what || error.parts.what}`
    if (!this.#found.has(key)) this.#found.set(key, { error: error as unknown as MillraceError, origin })
  }

  /** Whether all of a stretch comes before any syntax error of its text. */
  isKnown({ source, start, end }: Origin): boolean {
    const broken = this.broken.get(source)
    if (broken === undefined) return true
    // Of nothing at all it is only known that it is nothing where something else follows.
    const blank = start === end ? /^(?:\s|#[^\n]*)*/.exec(source.text.slice(end))![0].length : 0
    return end + blank < broken
  }

  get count(): number {
    return this.#found.size
  }

  /** In order of the texts as they were first met, then of position. */
  sorted(first: SourceText): readonly MillraceError[] {
    const rank = (source: SourceText) => (source === first ? -1 : this.#sources.indexOf(source))
    return [...this.#found.values()]
      .sort((a, b) => rank(a.origin.source) - rank(b.origin.source) || a.origin.start - b.origin.start)
      .map(({ error }) => error)
  }
}
