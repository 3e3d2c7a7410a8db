/** The first stage: text → YAML document, with every syntax error. */
import { type Document, visit, type YAMLParseError } from 'yaml'
import type { Findings } from '../checks/findings.js'
import { DELETE, letterTags, usableTags } from './expression-tags.js'
import { hideReferences } from './hide-references.js'
import { parseWithin } from './parse-within.js'
import { lineAt, lineStarts, type SourceText } from './tree.js'

/** A parsed source. */
export interface ReadDocument {
  readonly document: Document.Parsed
  /** A string of the document as it is written: with the braces of its references. */
  readonly show: (text: string) => string
}

/**
 * Parses a source. Errors that make the structure uncertain mark the source as broken from there on. `text` is what is parsed if that is
 * a part of the source, padded with spaces before it.
 */
export function readYaml(source: SourceText, findings: Findings, text = source.text): ReadDocument {
  const { hidden, show } = hideReferences(text)
  const parsed = parseWithin(hidden)
  const { document, stop } = parsed
  if (stop) {
    findings.add(stop.code, { max: stop.max, isCopied: false }, { source, start: stop.offset, end: stop.offset + 1 })
    findings.broken.set(source, text.lastIndexOf('\n', stop.offset - 1) + 1)
    return { document, show }
  }
  const slips: YAMLParseError[] = []
  for (const error of document.errors) {
    const opening = slips.some(isOpenQuote) ? undefined : openQuote(document, error)
    if (opening !== undefined) error.pos = [opening, opening + 1]
    slips.push(error)
    const line = text.lastIndexOf('\n', error.pos[0] - 1) + 1
    findings.broken.set(source, Math.min(line, findings.broken.get(source) ?? line))
    // What follows so many errors is read as if they were not there.
    if (slips.length > 20 * MAX_SLIPS) break
  }
  for (const { code, message, pos } of withoutStumbles(slips, source)) {
    const start = pos[0] + /^[ \t]*/.exec(text.slice(pos[0]))![0].length
    findings.add('yaml-syntax', wordingOf(code, message), { source, start, end: Math.max(start + 1, pos[1]) })
  }
  for (const { code, pos } of document.warnings) {
    if (code !== 'TAG_RESOLVE_FAILED') continue
    const seen = text.slice(pos[0], pos[1]).trim()
    if (!letterTags.includes(seen) && seen !== DELETE) {
      findings.add('unknown-tag', { seen, allowed: [...usableTags, DELETE] }, { source, start: pos[0], end: pos[0] + seen.length })
    }
  }
  return { document, show }
}

/** The number of errors above which all but the first count as its consequences: an open quote inverts the rest. */
const MAX_SLIPS = 5

/** One mistake causes several parser errors: on its line, alike on the lines after it, and for what is then misplaced. */
function withoutStumbles(errors: readonly YAMLParseError[], source: SourceText): readonly YAMLParseError[] {
  const starts = lineStarts(source)
  const lines = errors.map(({ pos }) => lineAt(starts, pos[0]))
  const isEarlier = (one: number, i: number) => one >= 0 && one < i
  const quote = errors.findIndex(isOpenQuote)
  const tab = errors.findIndex(({ code }) => code === 'TAB_AS_INDENT')
  const slips = errors.filter((error, i) => {
    const before = errors[i - 1]
    if (isEarlier(quote, i)) return false
    if (error.code === 'BAD_INDENT' && isEarlier(tab, i)) return false
    return !before || (lines[i] !== lines[i - 1] && before.message !== error.message && !isDisplaced(error.message))
  })
  return slips.length > MAX_SLIPS ? slips.slice(0, 1) : slips
}

const isOpenQuote = ({ code, message }: YAMLParseError) => code === 'MISSING_CHAR' && message.includes('quote')

const isDisplaced = (message: string) => message.includes('in YAML stream')

function wordingOf(code: string, message: string): { reason: string; fix?: string } {
  if (isDisplaced(message)) return { reason: 'this does not belong where its indentation puts it', fix: 'Align it with what it belongs to' }
  if (code === 'MULTIPLE_DOCS')
    return { reason: 'a file holds one document', fix: 'Remove the --- and what follows, or move it to a separate file' }
  return { reason: message.charAt(0).toLowerCase() + message.slice(1), fix: fixes.find(([part]) => message.includes(part))?.[1] }
}

const fixes: readonly (readonly [part: string, fix: string])[] = [
  ['Missing closing', 'Close the quote that begins here'],
  ['end with a ]', 'Close the [ before it'],
  ['end with a }', 'Close the { before it'],
  ['Nested mappings', 'Quote a string that contains a colon; indent what belongs to the key above'],
  ['Implicit keys', 'Write a key, a colon and a space: `key: value`'],
  ['cannot start with', 'Put the string in quotes'],
  ['Tabs are not allowed', 'Indent with spaces'],
]

/** Where the quote begins that is still open at the end of the source. */
function openQuote(document: Document.Parsed, error: YAMLParseError): number | undefined {
  if (!isOpenQuote(error)) return undefined
  const { pos } = error
  let opening: number | undefined
  visit(document, {
    Scalar: (_, { type, range }) => {
      if (range && type?.startsWith('QUOTE') && range[0] < pos[0] && range[2] >= pos[0]) opening = range[0]
    },
  })
  return opening
}
