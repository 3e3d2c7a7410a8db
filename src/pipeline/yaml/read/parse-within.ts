/** The YAML parser within bounds: what is too deep or too long is noticed while it is read, before it costs time and memory. */
import { Composer, type CST, type Document, Lexer, Parser, YAMLParseError } from 'yaml'
import { MAX_DEPTH, MAX_VALUES } from './tree.js'

/** Tokens that are not read further: a value takes four or so. */
const MAX_TOKENS = 8 * MAX_VALUES

/** Where and why a document is not read to its end. */
export interface Stop {
  readonly code: 'document-too-deep' | 'document-too-large'
  readonly max: number
  readonly offset: number
}

export interface Parsed {
  readonly document: Document.Parsed
  readonly stop?: Stop | undefined
}

/** Parses a string as the one document of a file. A document that is too large is empty. */
export function parseWithin(text: string): Parsed {
  let stop: Stop | undefined
  // Whoever reads the maps finds keys that occur twice, and does so faster.
  const options = { prettyErrors: false, resolveKnownTags: false, merge: false, uniqueKeys: false, version: '1.2', schema: 'core' } as const
  const tokens = boundedTokens(text, found => {
    stop = found
  })
  let document: Document.Parsed | undefined
  for (const next of new Composer(options).compose(tokens, true, text.length) as Iterable<Document.Parsed>) {
    if (document === undefined) document = next
    else {
      document.errors.push(new YAMLParseError([next.range[0], next.range[1]], 'MULTIPLE_DOCS', 'Source contains multiple documents'))
      break
    }
  }
  return { document: document!, ...(stop && { stop }) }
}

/** The syntax tree of each document; none of one that is too large. */
function* boundedTokens(text: string, onStop: (stop: Stop) => void): Generator<CST.Token> {
  const parser = new Parser()
  let count = 0
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme)
    count += 1
    const { length: depth } = (parser as unknown as ParserState).stack
    const { offset } = parser as unknown as ParserState
    if (depth > MAX_DEPTH + OUTER) return onStop({ code: 'document-too-deep', max: MAX_DEPTH, offset })
    if (count > MAX_TOKENS) return onStop({ code: 'document-too-large', max: MAX_VALUES, offset })
  }
  yield* parser.end()
}

/** What the parser keeps while it reads: what is open, outermost first, and where it is. */
interface ParserState {
  readonly stack: readonly unknown[]
  readonly offset: number
}

/** The document and the innermost scalar are open too. */
const OUTER = 2
