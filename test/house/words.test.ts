import { expect } from 'chai'
import { filesIn, read } from './sources.js'
import { words } from './words.js'

const comment = String.raw`\/\*[\s\S]*?\*\/|\/\/[^\n]*`
const literal = String.raw`'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|${'`'}(?:\\.|[^${'`'}\\])*${'`'}`
const regularExpression = String.raw`(?<=(?:[=(,:[!&|?]|return) *)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/`
const prose = new RegExp(`${regularExpression}|(${comment}|${literal})`, 'g')

/** The comments and string literals of a source text, each in its line; everything else is blank. */
function proseOf(source: string): string[] {
  const blank = (text: string) => text.replace(/[^\n]/g, ' ')
  let end = 0
  let text = ''
  for (const match of source.matchAll(prose)) {
    text += blank(source.slice(end, match.index)) + (match[1] ?? blank(match[0])).replace(/\$\{[^}]*\}/g, blank)
    end = match.index + match[0].length
  }
  return text.split('\n')
}

/** `file:line: "word", write …` for each word of the list that a source text uses. */
function findWords(file: string, source: string): string[] {
  return proseOf(source).flatMap((line, i) =>
    words.flatMap(({ pattern, instead }) => {
      const found = pattern.exec(line)
      return found ? [`${file}:${i + 1}: "${found[0]}", write: ${instead}`] : []
    }),
  )
}

describe('house: words', () => {
  it('comments and strings use plain words', () => {
    const sources = [...filesIn('src', /\.ts$/), ...filesIn('engine', /\.m[jt]s$/)]
    expect(sources.flatMap(file => findWords(file, read(file))).join('\n')).to.equal('')
  })

  const samples: [string, string, string[]][] = [
    ['a comment', "\n/** One an item.\n *  Gives 3. */\nconst a = 'b'", ['x.ts:2: "One an item"', 'x.ts:3: "Gives"']],
    ['a string', 'const a = `nobody` + "be it"', ['x.ts:1: "nobody"', 'x.ts:1: "be it"']],
    ['no code', 'const { gives } = `${told}`.replace(/"behind"/, behind)', []],
    ['a string after a regular expression', "a(/'/, 'left out') // texts", ['x.ts:1: "texts"', 'x.ts:1: "left out"']],
    ['no other words', "'a row a file is behindhand; names a file of a batch'", ['x.ts:1: "row a file"']],
  ]
  for (const [name, source, expected] of samples) {
    it(`reads ${name}`, () => expect(findWords('x.ts', source).map(line => line.split(',')[0])).to.deep.equal(expected))
  }

  it('CONTRIBUTING shows the list', () => {
    const rows = words.map(({ word, instead }) => `| ${word} | ${instead} |`)
    expect(read('CONTRIBUTING.md')).to.contain(`| not | write |\n|---|---|\n${rows.join('\n')}\n`)
  })
})
