import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { filesIn, read, root } from './sources.js'

const {
  exports: entries,
  files,
  bin,
} = JSON.parse(read('package.json')) as {
  exports: Record<string, string | { types: string; default: string }>
  files: string[]
  bin: Record<string, string>
}
const sourceOf = (built: string) => built.replace('./dist/', 'src/').replace(/(\.d)?\.[jt]s$/, '.ts')

describe('house: exports', () => {
  for (const [entry, target] of Object.entries(entries)) {
    it(`${entry} leads somewhere that is published`, () => {
      const paths = typeof target === 'string' ? [target] : [target.types, target.default]
      for (const path of paths) {
        expect(existsSync(join(root, path.startsWith('./dist/') ? sourceOf(path) : path)), path).to.equal(true)
        expect(
          files.concat('package.json').some(file => path.startsWith(`./${file}`)),
          path,
        ).to.equal(true)
      }
    })

    if (typeof target === 'object' && entry !== './tf') {
      it(`everything ${entry} gives has a docstring where it is declared`, async () => {
        const module = (await import(join(root, sourceOf(target.default)))) as Record<string, unknown>
        const undocumented = Object.keys(module).filter(name => !isDocumented(name))
        expect(undocumented).to.deep.equal([])
      })
    }
  }

  it('the command is built from a file that is there', () => {
    expect(existsSync(join(root, sourceOf(`./${bin.millrace}`)))).to.equal(true)
  })
})

const texts = filesIn('src', /\.ts$/).map(read)

/** Whether a docstring stands before the declaration of an exported name; one before a list of names serves all of them. */
function isDocumented(name: string): boolean {
  const declaration = new RegExp(
    `\\*/\\n(?:export )?(?:abstract )?(?:async )?(?:const|let|function|class|type) (?:${name}\\b|\\{[^}]*\\b${name}\\b[^}]*\\})`,
  )
  return texts.some(text => declaration.test(text))
}
