import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { expect } from 'chai'
import { readAt, readNamedSync, readRegular, readRegularSync, withRegular } from '../../src/util/files/read-file.js'
import { strangeFiles } from '../support/strange-files.js'
import { temporaryFolder } from '../support/temporary-folder.js'

describe('regular files', () => {
  const folders = temporaryFolder()
  after(() => folders.remove())
  const failing = (work: Promise<unknown>) =>
    work.then(
      () => expect.fail('it should have failed'),
      error => error as Error,
    )

  it('are read as a whole, in pieces, at once', async () => {
    const path = folders.in('file')
    writeFileSync(path, 'some text')
    expect((await readRegular(path)).toString()).to.equal('some text')
    expect((await readRegular(path, { bytes: 9 })).toString()).to.equal('some text')
    expect(readRegularSync(path).toString()).to.equal('some text')
    expect(await withRegular(path, async (file, size) => `${size} ${await readAt(file, 5, Buffer.alloc(4))}`)).to.equal('9 text')
    writeFileSync(folders.in('empty'), '')
    expect([(await readRegular(folders.in('empty'))).length, readRegularSync(folders.in('empty')).length]).to.deep.equal([0, 0])
  })

  it('of another size than expected, or that end early, are errors', async () => {
    writeFileSync(folders.in('short'), 'text')
    expect((await failing(readRegular(folders.in('short'), { bytes: 5 }))).message).to.equal('it has 4 bytes instead of 5')
    const past = withRegular(folders.in('short'), file => readAt(file, 2, Buffer.alloc(8)))
    expect((await failing(past)).message).to.equal('it ends after 4 of 10 bytes')
  })

  for (const [what, make] of Object.entries(strangeFiles)) {
    it(`are not ${what}`, async () => {
      const path = folders.in(what.replaceAll('/', ' '))
      make(path)
      const { message } = await failing(readRegular(path))
      expect(message).to.match(/^it is a (device|pipe|folder), not a file$|^E(NOENT|LOOP)/)
      expect(() => readRegularSync(path)).to.throw(message)
    })
  }
})

describe('files that a user names', () => {
  const folders = temporaryFolder()
  after(() => folders.remove())

  it('are read up to a size', () => {
    writeFileSync(folders.in('file'), 'some text')
    expect(readNamedSync(folders.in('file'), 9).toString()).to.equal('some text')
    expect(() => readNamedSync(folders.in('file'), 8)).to.throw('it is larger than 8 bytes, the most that is read')
  })

  it('may be a pipe that the shell hands over', () => {
    const script = `import { readNamedSync } from '${new URL('../../src/util/files/read-file.ts', import.meta.url)}'; console.log(readNamedSync('/dev/stdin', 99).length)`
    const command = `head -c 99 /dev/zero | "${process.execPath}" --import "${import.meta.resolve('tsx')}" --input-type=module -e "${script}"`
    const { stdout } = spawnSync('sh', ['-c', command], { encoding: 'utf8' })
    expect(stdout).to.equal('99\n')
  })

  for (const [what, make] of Object.entries(strangeFiles)) {
    it(`are not ${what}`, () => {
      const path = folders.in(what.replaceAll('/', ' '))
      make(path)
      expect(() => readNamedSync(path, 99)).to.throw(/^it is a (device|pipe|folder), not a file$|^E(NOENT|LOOP)/)
    })
  }
})
