import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { engine } from './world.js'

const log = () => {}

describe('engine: parts', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'millrace-parts-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('every wheel is pinned, and pip is asked for exactly that file', async () => {
    const { WHEELS, pipArguments, bytesNeeded } = await engine('library/wheels')
    const all = Object.values(WHEELS).flat() as any[]
    expect(all).to.have.length.greaterThan(10)
    for (const { file, sha256, bytes, keptBytes, keep } of all) {
      expect(file).to.match(/^[a-z0-9_]+-[0-9.]+-[a-z0-9]+-[a-z0-9]+-[a-z0-9_.]+\.whl$/)
      expect(sha256).to.match(/^[0-9a-f]{64}$/)
      expect([bytes, keptBytes, keep.length].every(Boolean)).to.equal(true)
    }
    expect(new Set(all.map(({ sha256 }) => sha256)).size).to.equal(all.length)
    const runtime = all.find(({ file }) => file.startsWith('nvidia_cuda_runtime'))
    expect(runtime.file).to.equal('nvidia_cuda_runtime_cu12-12.9.79-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl')
    expect(pipArguments(runtime).slice(-4)).to.deep.equal(['--platform', 'manylinux2014_x86_64', '--platform', 'manylinux_2_17_x86_64'])
    expect(
      bytesNeeded([
        { bytes: 5, keptBytes: 10 },
        { bytes: 7, keptBytes: 1 },
      ]),
    ).to.equal(18)
  })

  it('offers no build for graphics cards where there is none', async () => {
    const { libraryFor } = await engine('library/library')
    expect(libraryFor('gpu', 'linux-x64').wheels).to.have.length(13)
    for (const platform of ['linux-arm64', 'darwin-arm64', 'win32-x64']) expect(libraryFor('gpu', platform)).to.equal(undefined)
    expect(libraryFor('cpu', 'linux-arm64').wheels[0].file).to.match(/aarch64/)
  })

  it('sizes are written as people write them', async () => {
    const { formatBytes } = await engine('progress')
    expect([1, 2500, 273829956, 1.26e9].map(formatBytes)).to.deep.equal(['1 kB', '3 kB', '274 MB', '1.3 GB'])
  })

  it('a broken cache entry is made anew, a whole one is not', async () => {
    const { provideFolder, isComplete } = await engine('cache')
    let filled = 0
    const provide = (id = 'a', force = false) =>
      provideFolder({
        cache: folder,
        name: 'thing',
        id,
        force,
        log,
        fill: async (place: string) => {
          filled++
          writeFileSync(join(place, 'file'), 'whole')
        },
      })
    const thing = await provide()
    expect(await provide()).to.equal(thing)
    expect(filled).to.equal(1)
    writeFileSync(join(thing, 'file'), 'no')
    expect(isComplete(thing, 'a')).to.equal(false)
    await provide()
    await provide('b')
    await provide('b', true)
    expect([filled, readFileSync(join(thing, 'file'), 'utf8'), isComplete(thing, 'b')]).to.deep.equal([4, 'whole', true])
    expect(readdirSync(join(folder, 'tmp'))).to.deep.equal([])
  })

  it('a failed fill leaves nothing, and the old folder stays until the new one is whole', async () => {
    const { provideFolder } = await engine('cache')
    const options = { cache: folder, name: 'thing', log }
    const old = await provideFolder({ ...options, id: 'a', fill: async (place: string) => writeFileSync(join(place, 'old'), '') })
    const failing = async () => {
      throw new Error('half way')
    }
    await provideFolder({ ...options, id: 'b', fill: failing }).then(
      () => expect.fail('it should have failed'),
      (error: Error) => expect(error.message).to.equal('half way'),
    )
    expect([existsSync(join(old, 'old')), readdirSync(join(folder, 'tmp')), existsSync(join(folder, 'thing.lock'))]).to.deep.equal([
      true,
      [],
      false,
    ])
  })

  it('a lock of a dead process, or one untouched for a minute elsewhere, is taken over', async () => {
    const { withLock } = await engine('lock')
    const { hostname } = await import('node:os')
    const dead = spawn(process.execPath, ['-e', ''])
    await new Promise(resolve => dead.on('exit', resolve))
    const lock = join(folder, 'x.lock')
    for (const holder of [`${dead.pid}@${hostname()}`, '1@elsewhere']) {
      writeFileSync(lock, holder)
      const longAgo = new Date(Date.now() - 120_000)
      utimesSync(lock, longAgo, longAgo)
      expect(await withLock({ folder, name: 'x', log }, async () => 'done')).to.equal('done')
      expect(existsSync(lock)).to.equal(false)
    }
  })

  it('a lock of a living process is waited for if it is at work, and taken over if its number was another one’s', async () => {
    const { withLock } = await engine('lock')
    const { takeLock } = await engine('lock-file')
    const path = join(folder, 'y.lock')
    const { lock } = takeLock(path)
    const own = JSON.parse(readFileSync(path, 'utf8'))
    expect(takeLock(path).holder).to.deep.equal(own)
    const said: string[] = []
    const waiting = withLock({ folder, name: 'y', log: (line: string) => said.push(line) }, async () => 'done')
    lock.release()
    expect(await waiting).to.equal('done')
    expect(said).to.have.length(1)
    expect(said[0]).to.include(`process ${process.pid} on ${own.host}`).and.to.include(`remove ${path}`)
    const longAgo = new Date(Date.now() - 30_000)
    const gone: [holder: object, touched?: Date][] = [
      [{ ...own, start: '1' }],
      [{ ...own, space: 'another boot', pid: process.ppid }, longAgo],
      [{ ...own, space: own.space.replace(/\S+$/, 'another container') }, longAgo],
    ]
    for (const [holder, touched] of gone) {
      writeFileSync(path, JSON.stringify(holder))
      if (touched) utimesSync(path, touched, touched)
      expect(await withLock({ folder, name: 'y', log }, async () => 'done')).to.equal('done')
    }
  })

  it('what a killed search for a compiler left is removed by the next', async () => {
    const { removeLeftovers, temporaryFolder } = await engine('cache')
    const dead = spawn(process.execPath, ['-e', ''])
    await new Promise(resolve => dead.on('exit', resolve))
    const own: string = temporaryFolder(folder, 'compiler')
    for (const pid of [process.pid, dead.pid, 1]) mkdirSync(own.replace(`~${process.pid}~`, `~${pid}~`))
    removeLeftovers(folder, 'compiler')
    expect(readdirSync(folder)).to.deep.equal([own.replace(`~${process.pid}~`, '~1~').slice(folder.length + 1)])
  })

  it('npm packages are current when all are there in their versions, those for other platforms aside', async () => {
    const { dependenciesAreCurrent } = await engine('clone/dependencies')
    const lock = (packages: object) => JSON.stringify({ packages })
    for (const path of ['a', 'b']) {
      mkdirSync(join(folder, path), { recursive: true })
      writeFileSync(join(folder, path, 'package.json'), '{}')
    }
    mkdirSync(join(folder, 'node_modules'))
    writeFileSync(join(folder, 'package-lock.json'), lock({ '': {}, a: { version: '1' }, b: { version: '2', optional: true } }))
    const table: [string, object | undefined, boolean][] = [
      ['nothing installed', undefined, false],
      ['all', { a: { version: '1' }, b: { version: '2' } }, true],
      ['without the optional one', { a: { version: '1' } }, true],
      ['another version', { a: { version: '3' } }, false],
      ['one missing', { b: { version: '2' } }, false],
    ]
    for (const [name, packages, current] of table) {
      if (packages) writeFileSync(join(folder, 'node_modules/.package-lock.json'), lock(packages))
      expect(dependenciesAreCurrent(folder), name).to.equal(current)
    }
    writeFileSync(join(folder, 'node_modules/.package-lock.json'), lock({ a: { version: '1' } }))
    rmSync(join(folder, 'a'), { recursive: true })
    expect(dependenciesAreCurrent(folder), 'a folder removed by hand').to.equal(false)
  })
  it("npm's reason is found among its lines", async () => {
    const { npmSaid } = await engine('clone/dependencies')
    const lines = ['code ECONNREFUSED', 'syscall connect', 'errno ECONNREFUSED', 'FetchError: request to /a failed, reason: refused']
    const rest = [
      '    at ClientRequest.<anonymous> (index.js:130:14)',
      "  code: 'ECONNREFUSED',",
      '}',
      '',
      'A complete log of this run is in /x',
    ]
    const output = [...lines, ...rest].map(line => `npm error ${line}`).join('\n')
    expect(npmSaid(`npm warn old\n${output}\n`)).to.equal('code ECONNREFUSED\nFetchError: request to /a failed, reason: refused')
    expect(npmSaid('Killed\n')).to.equal('Killed')
  })
})
