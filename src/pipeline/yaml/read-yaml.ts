/** The first stage: text → YAML document, with every syntax error. */
import { type Document, parseDocument } from 'yaml'
import { letterTags } from './expression-tags.js'
import type { Findings } from './findings.js'
import type { SourceText } from './tree.js'

/**
 * Parses a text. Errors that leave the structure in doubt mark the text as broken from there on. `text` is what is parsed where that is
 * a part of the source, with blanks before it.
 */
export function readYaml(source: SourceText, findings: Findings, text = source.text): Document.Parsed {
  const document = parseDocument(text, {
    prettyErrors: false,
    keepSourceTokens: false,
    resolveKnownTags: false,
    merge: false,
    version: '1.2',
    schema: 'core',
  })
  const lines = new Set<number>()
  for (const { code, message, pos } of document.errors) {
    const origin = { source, start: pos[0], end: Math.max(pos[0] + 1, pos[1]) }
    if (code === 'DUPLICATE_KEY') {
      findings.add('duplicate-key', { key: keyAt(text, pos[0]) }, { ...origin, end: pos[0] + keyAt(text, pos[0]).length })
      continue
    }
    // One slip makes the parser stumble several times: the first error of a line tells it.
    const line = text.lastIndexOf('\n', pos[0] - 1)
    if (!lines.has(line)) findings.add('yaml-syntax', { reason: lowerFirst(message) }, origin)
    lines.add(line)
    if (pos[0] < (findings.broken.get(source) ?? Number.POSITIVE_INFINITY)) findings.broken.set(source, pos[0])
  }
  for (const { code, pos } of document.warnings) {
    if (code !== 'TAG_RESOLVE_FAILED') continue
    const seen = text.slice(pos[0], pos[1]).trim()
    if (!letterTags.includes(seen)) {
      findings.add('unknown-tag', { seen, allowed: letterTags }, { source, start: pos[0], end: pos[0] + seen.length })
    }
  }
  return document
}

const lowerFirst = (message: string) => message.charAt(0).toLowerCase() + message.slice(1)

const keyAt = (text: string, start: number) => /^(["'])(.*?)\1|^[^:\n]+/.exec(text.slice(start))?.[0]?.trim() ?? ''
