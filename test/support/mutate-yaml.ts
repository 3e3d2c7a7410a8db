/** Files that are nearly right: mutations of their trees and of their texts. */
import fc from 'fast-check'
import {
  Document,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  Pair,
  parseDocument,
  Scalar,
  visit,
  YAMLMap,
  YAMLSeq,
} from 'yaml'

const values: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e300,
  Infinity,
  NaN,
  '',
  'x',
  '5',
  '${vars.x}',
  '${configs.resnet}',
  '${env:HOME}',
  '${${a}}',
  '${',
  '~',
  '# no comment',
  'a: b',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  'text '.repeat(500),
  [],
  {},
  [[[[]]]],
  { B: 'images' },
  { B: { B: 'images' } },
  { '+': [1] },
  { '()': [{ '.': [{ B: 'images' }, 'constructor'] }] },
  { F: 'f' },
  { extends: 'x' },
  { '@live': 'f' },
]
const keys = [
  '',
  'x',
  '5',
  'extends',
  'actions',
  'config',
  '__proto__',
  'constructor',
  'a/b',
  '/',
  'a.b',
  '${vars.x}',
  'if',
  'B',
  '@live',
  '<<',
]
const tags = ['!B', '!C', '!R', '!F', '!delete', '!x', '!!binary', '!!int', '!!python/object', '!']
const texts = [
  '{',
  '}',
  '[',
  ']',
  ': ',
  '- ',
  '? ',
  '&a ',
  '*a',
  '"',
  "'",
  '|',
  '>',
  '#',
  '%',
  '@',
  '`',
  '\t',
  '\r',
  '\u0000',
  '\uFEFF',
  '\u2028',
  '${',
  '---\n',
  '...\n',
  '<<: *a',
  '!B ',
  '\\',
]

const change = fc.record({
  kind: fc.constantFrom(
    ...(['remove', 'duplicate', 'swap', 'retype', 'rename', 'nest', 'tag', 'alias'] as const),
    ...(['line-delete', 'line-double', 'line-move', 'indent', 'insert', 'cut'] as const),
  ),
  /** Where: shares of what there is to choose from. */
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  to: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  times: fc.integer({ min: 1, max: 40 }),
})
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never

/** One to four mutations of one of these texts. */
export function mutated(sources: readonly string[]): fc.Arbitrary<string> {
  return fc
    .record({ source: fc.constantFrom(...sources), changes: fc.array(change, { minLength: 1, maxLength: 4 }) })
    .map(({ source, changes }) => changes.reduce(apply, source))
}

const pick = <T>(all: readonly T[], share: number): T | undefined => all[Math.floor(share * all.length)]

function apply(text: string, one: Change): string {
  return one.kind.startsWith('line') || ['indent', 'insert', 'cut'].includes(one.kind) ? changeText(text, one) : changeTree(text, one)
}

function changeText(text: string, { kind, at, to, times }: Change): string {
  const lines = text.split('\n')
  const [i, j] = [Math.floor(at * lines.length), Math.floor(to * lines.length)]
  const offset = Math.floor(at * text.length)
  if (kind === 'line-delete') return lines.toSpliced(i, times % 4).join('\n')
  if (kind === 'line-double') return lines.toSpliced(i, 0, ...Array(times).fill(lines[i])).join('\n')
  if (kind === 'line-move') return lines.toSpliced(i, 1).toSpliced(j, 0, lines[i]!).join('\n')
  if (kind === 'indent') return lines.with(i, ' '.repeat(times) + lines[i]!.trimStart()).join('\n')
  if (kind === 'insert') return text.slice(0, offset) + pick(texts, to)!.repeat(times) + text.slice(offset)
  return text.slice(0, offset) + text.slice(offset + times)
}

/** Changes one node or entry of the tree; a text that is no tree any more stays as it is. */
function changeTree(text: string, { kind, at, to, times }: Change): string {
  const document = parseDocument(text, { logLevel: 'silent', uniqueKeys: false })
  if (document.errors.length > 0) return text
  const parents: (YAMLMap | YAMLSeq)[] = []
  visit(document, { Collection: (_, node) => void (node.items.length > 0 && parents.push(node as YAMLMap)) })
  const parent = pick(parents, at)
  if (!parent) return text
  const items = parent.items as unknown[]
  const i = Math.floor(to * items.length)
  const item = items[i]
  const value = () => new Document(pick(values, (to * 7919) % 1)).contents
  const replace = (change: (node: Node | null) => unknown) => {
    items[i] = isPair(item) ? new Pair(item.key, change(item.value as Node)) : change(item as Node)
  }
  if (kind === 'remove') items.splice(i, 1)
  else if (kind === 'duplicate') items.splice(i, 0, ...Array(times).fill(item))
  else if (kind === 'swap') [items[i], items[0]] = [items[0], items[i]]
  else if (kind === 'retype') replace(value)
  else if (kind === 'rename' && isPair(item)) items[i] = new Pair(new Scalar(pick(keys, (to * 7919) % 1)), item.value)
  else if (kind === 'nest') replace(node => wrapped(node, times, at > 0.5))
  else if (kind === 'tag')
    replace(node => (isScalar(node) || isCollection(node) ? Object.assign(node.clone() as Node, { tag: pick(tags, at)! }) : node))
  else if (kind === 'alias' && (isMap(parent) || isSeq(parent))) replace(() => pick(parents, (to * 104729) % 1)!.clone() as Node)
  try {
    return document.toString()
  } catch {
    return text
  }
}

function wrapped(node: unknown, times: number, inLists: boolean): unknown {
  let inner = node
  for (let i = 0; i < times; i++) {
    const outer = inLists ? new YAMLSeq() : new YAMLMap()
    outer.items.push((inLists ? inner : new Pair(new Scalar('then'), inner)) as never)
    inner = outer
  }
  return inner
}
