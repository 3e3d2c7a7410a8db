import { expect } from 'chai'
import { actionNames } from '../../src/pipeline/description/action-table.js'
import { letters } from '../../src/pipeline/description/expressions/letters.js'
import { filesIn, read } from './sources.js'

/** Files of the two halves of each table, and the fluent methods that write its rows. */
const rows = {
  letter: [
    'src/pipeline/description/expressions/letters/',
    'src/pipeline/description/expressions/print-expression.ts',
    'src/pipeline/run/values/letters.ts',
    'src/pipeline/run/values/draw.ts',
    'src/pipeline/run/values/read-per-item.ts',
  ],
  action: [
    'src/pipeline/description/action-table.ts',
    'src/pipeline/description/actions/',
    'src/pipeline/run/actions/handler-table.ts',
    'src/pipeline/run/handlers/',
    'src/pipeline/pipeline.ts',
  ],
}

const letter = `(?:${Object.keys(letters).join('|')})`
const action = `(?:${actionNames.join('|')})`
/** Names of several words are unmistakable; those of one word count where something is compared with them. */
const longAction = `(?:${actionNames.filter(name => /[A-Z]/.test(name)).join('|')})`

const patterns = {
  // RxJS names its notifications by letters too: { kind: 'C' }.
  letter: new RegExp(`(?<!\\bkind(?:\\)?: | [!=]== ))'${letter}'|\\{ ${letter}: |\\.${letter}\\b`),
  action: new RegExp(`'${longAction}'|\\b(?:name|action) [!=]== '${action}'|\\[.*'${longAction}'.*\\]\\.includes`),
}

const code = (file: string) => read(file).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')

describe('house: names of tables', () => {
  for (const kind of ['letter', 'action'] as const) {
    it(`nothing but its rows knows ${kind === 'letter' ? 'a letter' : 'an action'} by name`, () => {
      const files = [...filesIn('src/pipeline', /\.ts$/), ...filesIn('src/experiment', /\.ts$/)]
      const foreign = files.filter(file => !rows[kind].some(own => file.startsWith(own)))
      const found = foreign.flatMap(file =>
        code(file)
          .split('\n')
          .filter(line => patterns[kind].test(line))
          .map(line => `${file}: ${line.trim()}`),
      )
      expect(found).to.deep.equal([])
    })
  }

  it('finds what it looks for', () => {
    for (const line of ["letter === 'B'", 'save({ V: name })', 'json.C']) expect(line).to.match(patterns.letter)
    for (const line of ["['initModel', 'update']", "name !== 'call'"]) expect(line).to.match(patterns.action)
    expect("mode === 'update'").not.to.match(patterns.action)
  })
})
