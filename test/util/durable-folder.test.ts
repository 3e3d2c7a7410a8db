import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { isLeftover, recoverFolder, removeFolder, writeFlushed, writeFolder } from '../../src/util/files/durable-folder.js'
import { beforeRename, killedAt } from '../support/killed-at.js'
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

  describe('after a kill at any step', () => {
    const write = (target: string, text: string) =>
      writeFolder(target, async partial => {
        for (const name of ['one', 'two']) await writeFlushed(join(partial, name), text)
      })
    const read = (folder: string) => ['one', 'two'].map(name => readFileSync(join(folder, name), 'utf8')).join(' ')

    it('the old or the new one is found, and the next write leaves nothing else', async () => {
      const found = new Set<string>()
      let step = 0
      for (let ended = false; !ended; step++) {
        const target = folders.in(`killed-${step}/best`)
        await write(target, 'old')
        ended = await killedAt(step, () => write(target, 'new'))
        found.add(read(await recoverFolder(target)))
        await write(target, 'next')
        expect(read(await recoverFolder(target))).to.equal('next next')
        expect(readdirSync(folders.in(`killed-${step}`)), `step ${step}`).to.deep.equal(['best'])
      }
      expect([...found]).to.deep.equal(['old old', 'new new'])
      expect(step).to.be.above(8)
    })

    it('a removed one is there as a whole or not at all', async () => {
      let step = 0
      for (let ended = false; !ended; step++) {
        const target = folders.in(`removed-${step}/best`)
        await write(target, 'old')
        ended = await killedAt(step, () => removeFolder(target))
        const left = await recoverFolder(target)
        if (existsSync(left)) expect(read(left)).to.equal('old old')
      }
      expect(step).to.be.above(2)
    })
  })

  it('are written again where a reader moves the old one back in the middle of it', async () => {
    const target = folders.in('watched')
    const write = (text: string) => writeFolder(target, partial => writeFlushed(join(partial, 'file'), text))
    await write('old')
    await beforeRename(
      () => !existsSync(target),
      () => recoverFolder(target),
      () => write('new'),
    )
    expect(readFileSync(join(target, 'file'), 'utf8')).to.equal('new')
    expect(readdirSync(folders.path).filter(name => isLeftover(name))).to.deep.equal([])
  })

  it('of two writers at once one is there, whole', async () => {
    const target = folders.in('both')
    const texts = Array.from({ length: 8 }, (_, i) => `text ${i}`)
    await Promise.all(
      texts.map(text =>
        writeFolder(target, async partial => {
          for (const name of ['one', 'two']) await writeFlushed(join(partial, name), text)
        }),
      ),
    )
    const [one, two] = ['one', 'two'].map(name => readFileSync(join(target, name), 'utf8'))
    expect(texts).to.include(one)
    expect(two).to.equal(one)
    expect(readdirSync(folders.path).filter(name => isLeftover(name))).to.deep.equal([])
  })

  const names: Readonly<Record<string, boolean>> = {
    '.00000012.partial-77': true,
    '.00000012.partial-77.old': true,
    '.best.partial-77-2': true,
    '.best.partial-77-2.old': true,
    '.best.partial-77-2.gone': true,
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
