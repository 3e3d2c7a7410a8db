/** The first stage: text → YAML document, with every syntax error. */
import { type Document, parseDocument, visit, type YAMLParseError } from 'yaml'
import type { Findings } from '../checks/findings.js'
import { letterTags, usableTags } from './expression-tags.js'
import type { SourceText } from './tree.js'

/**
 * Parses a text. Errors that leave the structure in doubt mark the text as broken from there on. `text` is what is parsed where that is
 * a part of the source, with blanks before it.
 */
export function readYaml(source: SourceText, findings: Findings, text = source.text): Document.Parsed {
  const document = parseDocument(hideReferences(text), {
    prettyErrors: false,
    resolveKnownTags: false,
    merge: false,
    version: '1.2',
    schema: 'core',
  })
  const slips: YAMLParseError[] = []
  for (const error of document.errors) {
    const [start] = error.pos
    if (error.code === 'DUPLICATE_KEY') {
      const key = keyAt(text, start)
      findings.add('duplicate-key', { key }, { source, start, end: start + key.length })
    } else {
      const opening = openQuote(document, error)
      if (opening !== undefined) error.pos = [opening, opening + 1]
      slips.push(error)
      const line = text.lastIndexOf('\n', error.pos[0] - 1) + 1
      findings.broken.set(source, Math.min(line, findings.broken.get(source) ?? line))
    }
  }
  for (const { code, message, pos } of withoutStumbles(slips, text)) {
    const start = pos[0] + /^[ \t]*/.exec(text.slice(pos[0]))![0].length
    findings.add('yaml-syntax', wordingOf(code, message), { source, start, end: Math.max(start + 1, pos[1]) })
  }
  for (const { code, pos } of document.warnings) {
    if (code !== 'TAG_RESOLVE_FAILED') continue
    const seen = text.slice(pos[0], pos[1]).trim()
    if (!letterTags.includes(seen)) {
      findings.add('unknown-tag', { seen, allowed: usableTags }, { source, start: pos[0], end: pos[0] + seen.length })
    }
  }
  return document
}

/** Errors a text may have before all but the first are taken for its consequences: an open quote turns the rest inside out. */
const MAX_SLIPS = 5

/** One slip makes the parser stumble several times: again on that line, in the same way on the lines after it, over what then has no place. */
function withoutStumbles(errors: readonly YAMLParseError[], text: string): readonly YAMLParseError[] {
  const lines = errors.map(({ pos }) => text.slice(0, pos[0]).split('\n').length)
  const slips = errors.filter((error, i) => {
    const before = errors[i - 1]
    const earlier = errors.slice(0, i)
    if (earlier.some(isOpenQuote)) return false
    if (error.code === 'BAD_INDENT' && earlier.some(({ code }) => code === 'TAB_AS_INDENT')) return false
    return !before || (lines[i] !== lines[i - 1] && before.message !== error.message && !isDisplaced(error.message))
  })
  return slips.length > MAX_SLIPS ? slips.slice(0, 1) : slips
}

const isOpenQuote = ({ code, message }: YAMLParseError) => code === 'MISSING_CHAR' && message.includes('quote')

const isDisplaced = (message: string) => message.includes('in YAML stream')

function wordingOf(code: string, message: string): { reason: string; fix?: string } {
  if (isDisplaced(message)) return { reason: 'this does not belong where its indentation puts it', fix: 'Align it with what it belongs to' }
  if (code === 'MULTIPLE_DOCS')
    return { reason: 'a file holds one document', fix: 'Leave out the --- and what follows, or make it a file of its own' }
  return { reason: message.charAt(0).toLowerCase() + message.slice(1), fix: fixes.find(([part]) => message.includes(part))?.[1] }
}

const fixes: readonly (readonly [part: string, fix: string])[] = [
  ['Missing closing', 'Close the quote that begins here'],
  ['end with a ]', 'Close the [ before it'],
  ['end with a }', 'Close the { before it'],
  ['Nested mappings', 'Quote a text that has a colon in it; indent what belongs to the key above'],
  ['Implicit keys', 'Write a key, a colon and a blank: `key: value`'],
  ['cannot start with', 'Put the text in quotes'],
  ['Tabs are not allowed', 'Indent with blanks'],
]

/** Where the quote begins that an error finds open at the end of the text. */
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

/**
 * In a flow map the braces of a reference would be the map's: while parsing, characters of no meaning stand for them. A reference holds
 * no quote: one that seems to begins in a text and ends behind it.
 */
const [OPEN, CLOSE] = ['\uE000', '\uE001']

const hideReferences = (text: string) => text.replace(/\$\{([^{}\n"']*)\}/g, `$${OPEN}$1${CLOSE}`)

export const hasHiddenReference = (text: string) => text.includes(OPEN)

export const showReferences = (text: string) => text.replaceAll(OPEN, '{').replaceAll(CLOSE, '}')

const keyAt = (text: string, start: number) => /^(["'])(.*?)\1|^[^:\n]+/.exec(text.slice(start))?.[0]?.trim() ?? ''
