import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { isLeftover, removeFolder, writeFlushed, writeFolder } from '../../src/util/durable-folder.js'
import { temporaryFolder } from '../support/temporary-folder.js'

describe('durable folders', () => {
  const folders = temporaryFolder()
  after(() => folders.remove())

  it('appear when they are complete, with the folders in them, in place of what was there', async () => {
    const target = folders.in('a/b')
    for (const text of ['one', 'two']) {
      await writeFolder(target, async partial => {
        if (text === 'two') expect(readFileSync(join(target, 'file'), 'utf8')).to.equal('one')
        else expect(existsSync(target)).to.equal(false)
        mkdirSync(join(partial, 'below'))
        await writeFlushed(join(partial, 'file'), text)
        await writeFlushed(join(partial, 'below/file'), Uint8Array.of(1, 2))
      })
    }
    expect(readFileSync(join(target, 'file'), 'utf8')).to.equal('two')
    expect([...readFileSync(join(target, 'below/file'))]).to.deep.equal([1, 2])
    expect(readdirSync(folders.in('a'))).to.deep.equal(['b'])
  })

  it('that cannot be filled leave what was there, and nothing else', async () => {
    const target = folders.in('kept')
    await writeFolder(target, partial => writeFlushed(join(partial, 'file'), 'kept'))
    const failed = await writeFolder(target, async partial => {
      await writeFlushed(join(partial, 'file'), 'half')
      throw new Error('the disk is full')
    }).catch(error => error.message)
    expect(failed).to.equal('the disk is full')
    expect(readFileSync(join(target, 'file'), 'utf8')).to.equal('kept')
    expect(readdirSync(folders.path).filter(isLeftover)).to.deep.equal([])
  })

  it('are removed whole', async () => {
    mkdirSync(folders.in('gone'))
    writeFileSync(join(folders.in('gone'), 'file'), '')
    await removeFolder(folders.in('gone'))
    expect(readdirSync(folders.path).filter(name => name.includes('gone'))).to.deep.equal([])
  })

  const names: Readonly<Record<string, boolean>> = {
    '.00000012.partial-77': true,
    '.00000012.partial-77.old': true,
    '.results.json.77.tmp': true,
    '00000012': false,
    'results.json': false,
    '.git': false,
    '.partial': false,
  }
  for (const [name, expected] of Object.entries(names)) {
    it(`${name} is ${expected ? '' : 'not '}left over`, () => {
      expect(isLeftover(name)).to.equal(expected)
    })
  }
})
