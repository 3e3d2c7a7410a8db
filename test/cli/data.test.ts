/** `millrace data`: what it prints, and that it asks no server unless it must. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { main } from '../../src/cli/command-line.js'
import { knownSets } from '../../src/opensets.js'
import { printedBy } from '../support/printed.js'
import { temporaryFolder } from '../support/temporary-folder.js'

describe('millrace data', () => {
  const folders = temporaryFolder()
  const before = process.env.MILLRACE_DATA
  const cache = folders.in('data')
  beforeEach(() => {
    process.env.MILLRACE_DATA = cache
  })
  after(() => {
    if (before === undefined) delete process.env.MILLRACE_DATA
    else process.env.MILLRACE_DATA = before
    folders.remove()
  })
  const data = (...args: readonly string[]) => printedBy(() => main(['node', 'millrace', 'data', ...args]))

  it('lists the sets with their licences and where they are', async () => {
    const { code, stdout } = await data('list', '--json')
    const rows = JSON.parse(stdout) as { readonly name: string; readonly licence: string; readonly folder: string | null }[]
    expect([code, rows.map(({ name }) => name)]).to.deep.equal([0, Object.keys(knownSets)])
    expect(rows.find(({ name }) => name === 'cifar10')).to.deep.include({ licence: 'none stated', folder: null })
    expect((await data('list')).stdout).to.match(/cifar10 +not here +CIFAR-10/)
  })

  it('says where it looked for a set, and what to type', async () => {
    const { code, stderr } = await data('where', 'cifar10')
    expect(code).to.equal(1)
    expect(stderr)
      .to.include('millrace data get cifar10')
      .and.to.include(join(cache, 'cifar10', '1'))
  })

  it('names the sets if there is none of a name', async () => {
    const { code, stderr } = await data('get', 'cifar')
    expect(code).to.equal(1)
    expect(stderr).to.include('cifar10')
  })

  it('finds a set in the cache, fetches it no more, and verifies it', async () => {
    const folder = join(cache, 'cifar10', '1')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'cifar-10-binary.tar.gz'), 'another file')
    for (const command of ['where', 'get']) expect(await data(command, 'cifar10')).to.include({ code: 0, stdout: `${folder}\n` })
    const { code, stderr } = await data('check', 'cifar10')
    expect(code).to.equal(1)
    expect(stderr).to.include('is not the original file')
  })
})
