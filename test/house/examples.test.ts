import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { examplePrograms } from './examples.js'
import { root } from './sources.js'

/** What the compiler says of these programs; what it says of the sources is another check's. */
function compile(programs: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const folder = mkdtempSync(join(root, 'dist', 'examples-'))
  const options = { verbatimModuleSyntax: false, noUncheckedIndexedAccess: false, rootDir: '../..', types: ['node'] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: '../../tsconfig.json', compilerOptions: options, include: ['.'] }))
  for (const [name, text] of programs) writeFileSync(join(folder, name), text)
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  return new Promise(resolve => {
    execFile(process.execPath, [compiler, '-p', folder, '--pretty', 'false'], { cwd: folder }, (_, stdout) => {
      rmSync(folder, { recursive: true })
      resolve(stdout.split('\n').filter(line => /^[\w-]+\.ts\(/.test(line)))
    })
  })
}

describe('house: examples', () => {
  it('every example of a docstring compiles, and one that does not is found', async () => {
    const programs = examplePrograms()
    expect(programs.size).to.be.above(50)
    const wrong = "import { Config } from '../../src/index.js'\nnew Config({}).update({ x: 5 })\n"
    const [found, ...others] = await compile(new Map([...programs, ['wrong.ts', wrong]]))
    expect(others).to.deep.equal([])
    expect(found).to.contain('wrong.ts').and.to.contain("Property 'update' does not exist")
  })
})
