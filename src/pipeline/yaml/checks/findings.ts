import { type DetailsOf, type ErrorCode, type ErrorLocation, MillraceError } from '../../../errors/index.js'
import { type Origin, type SourceText, toPlace } from '../read/tree.js'

/** Where it is, besides line and column. */
export type Context = Omit<ErrorLocation, 'source'>

/** Mistakes of a document that are reported at most. */
const MAX_FINDINGS = 200

/** Collects the mistakes of a document: each once, in source order. */
export class Findings {
  readonly #found = new Map<string, { readonly error: MillraceError; readonly origin: Origin }>()
  readonly #sources: SourceText[] = []
  #more: MillraceError | undefined

  /** Where a source stops being YAML: what follows is not checked. */
  readonly broken = new Map<SourceText, number>()

  /** Set if an extended file could not be read to its end: it may contain whatever is missing. */
  isIncomplete = false

  /** True if part of the document is unknown, so that nothing can be reported as missing. */
  get isPartial(): boolean {
    return this.isIncomplete || this.broken.size > 0
  }

  /** `reach` is the end of what this finding depends on; after a syntax error nothing is known. */
  add<Code extends ErrorCode>(code: Code, details: DetailsOf<Code>, origin: Origin, context: Context = {}, reach = origin.end): void {
    const { source, start } = origin
    if (code === 'missing-key' && this.isIncomplete) return
    if (code !== 'yaml-syntax' && !this.isKnown({ ...origin, end: reach })) return
    if (this.isFull) return this.addMore()
    if (!this.#sources.includes(source)) this.#sources.push(source)
    const error = new MillraceError(code, details, { ...context, source: toPlace(origin) })
    // A mistake in a fragment used by two model classes is reported once.
    const what = error.parts.what.replaceAll((details as { readonly modelClass?: string }).modelClass ?? error.parts.what, '')
    const key = `${this.#sources.indexOf(source)}:${start}:${code}:${what || error.parts.what}`
    if (!this.#found.has(key)) this.#found.set(key, { error: error as unknown as MillraceError, origin })
  }

  /** True if a range ends before any syntax error of its source. */
  isKnown({ source, start, end }: Origin): boolean {
    const broken = this.broken.get(source)
    if (broken === undefined) return true
    // An empty range is known to be empty only if something follows it.
    const blank = start === end ? /^(?:\s|#[^\n]*)*/.exec(source.text.slice(end))![0].length : 0
    return end + blank < broken
  }

  /** The same knowledge of what is broken, without any finding. */
  afresh(): Findings {
    const findings = new Findings()
    for (const [source, start] of this.broken) findings.broken.set(source, start)
    findings.isIncomplete = this.isIncomplete
    return findings
  }

  /** Where errors of some codes are. */
  origins(codes: readonly ErrorCode[]): readonly Origin[] {
    return [...this.#found.values()].filter(({ error }) => codes.includes(error.code)).map(({ origin }) => origin)
  }

  /** True if there are so many that further ones are not collected. */
  get isFull(): boolean {
    return this.#found.size >= MAX_FINDINGS
  }

  /** Reports that there are more. */
  addMore(): void {
    this.#more ??= new MillraceError('more-mistakes', { max: MAX_FINDINGS }, {}) as unknown as MillraceError
  }

  get count(): number {
    return this.#found.size
  }

  /** In order of first use of the sources, then of position. */
  sorted(first: SourceText): readonly MillraceError[] {
    const rank = (source: SourceText) => (source === first ? -1 : this.#sources.indexOf(source))
    const found = [...this.#found.values()]
      .sort((a, b) => rank(a.origin.source) - rank(b.origin.source) || a.origin.start - b.origin.start)
      .map(({ error }) => error)
    return this.#more ? [...found, this.#more] : found
  }
}
