import * as nodeFs from 'node:fs'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { MillraceError } from '../../../src/errors/index.js'
import { openRunFolder } from '../../../src/report/folder/run-folder.js'

/** node:fs on a disk that can be filled: writes below `full` fail, the first of them half way. */
function fillable() {
  const state = { full: undefined as string | undefined }
  const names = new Map<number, string>()
  const check = (path: string) => {
    if (state.full !== undefined && path.startsWith(state.full))
      throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
  }
  const fs = {
    ...nodeFs,
    openSync: (path: string, flags: string) => {
      const descriptor = nodeFs.openSync(path, flags)
      names.set(descriptor, path)
      return descriptor
    },
    writeSync: (descriptor: number, chunk: Buffer, at: number) => {
      try {
        check(names.get(descriptor)!)
      } catch (error) {
        if (at === 0 && chunk.length > 4) return nodeFs.writeSync(descriptor, chunk, 0, 4)
        throw error
      }
      return nodeFs.writeSync(descriptor, chunk, at)
    },
    writeFileSync: (path: string, text: string) => {
      check(path)
      nodeFs.writeFileSync(path, text)
    },
  } as unknown as typeof nodeFs
  return { fs, state }
}

function caught(action: () => void): MillraceError {
  try {
    action()
  } catch (error) {
    expect(error).to.be.instanceOf(MillraceError)
    return error as MillraceError
  }
  throw new Error('nothing was thrown')
}

describe('openRunFolder', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'millrace-test-'))
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))
  const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8')

  it('creates the folder, appends metrics at once, writes files whole', () => {
    const folder = openRunFolder(join(root, 'a/b'))
    folder.appendMetrics({ iteration: 1 })
    expect(read('a/b/metrics.ndjson')).to.equal('{"iteration":1}\n')
    folder.appendMetrics({ iteration: 2 })
    folder.writeText('report.html', 'one')
    folder.writeText('report.html', 'two')
    folder.writeJson('results.json', { seed: 1 })
    folder.finish()
    expect(read('a/b/metrics.ndjson')).to.equal('{"iteration":1}\n{"iteration":2}\n')
    expect([read('a/b/report.html'), read('a/b/results.json')]).to.deep.equal(['two', '{\n  "seed": 1\n}\n'])
    expect(readdirSync(join(root, 'a/b')).sort()).to.deep.equal(['metrics.ndjson', 'report.html', 'results.json'])
    expect(folder.problem).to.equal(undefined)
  })

  it('moves an earlier run aside, by the time it started', () => {
    for (const seed of [1, 2, 3]) {
      const folder = openRunFolder(root)
      folder.appendMetrics({ seed })
      folder.writeJson('results.json', { seed, started: '2026-01-31T12:05:00.000Z' })
      folder.finish()
    }
    expect(read('metrics.ndjson')).to.equal('{"seed":3}\n')
    expect(read('previous/2026-01-31T12-05-00/metrics.ndjson')).to.equal('{"seed":1}\n')
    expect(read('previous/2026-01-31T12-05-00-2/metrics.ndjson')).to.equal('{"seed":2}\n')
  })

  it('leaves files that are no run of its own', () => {
    writeFileSync(join(root, 'notes.txt'), 'mine')
    expect(openRunFolder(root).previous).to.equal(undefined)
    expect(read('notes.txt')).to.equal('mine')
  })

  it('goes on where a run is resumed', () => {
    const first = openRunFolder(root)
    first.appendMetrics({ iteration: 1 })
    first.finish()
    const second = openRunFolder(root, { resume: true })
    second.appendMetrics({ iteration: 2 })
    second.finish()
    expect(read('metrics.ndjson')).to.equal('{"iteration":1}\n{"iteration":2}\n')
    expect(existsSync(join(root, 'previous'))).to.equal(false)
  })

  it('goes on behind a number of bytes, or behind the last whole line', () => {
    const first = openRunFolder(root)
    for (const iteration of [1, 2, 3]) first.appendMetrics({ iteration })
    expect(first.syncMetrics()).to.equal(48)
    first.finish()
    writeFileSync(join(root, 'metrics.ndjson'), `${read('metrics.ndjson')}{"iterat`)
    expect(openRunFolder(root, { resume: true }).syncMetrics()).to.equal(48)
    expect(read('metrics.ndjson')).to.equal('{"iteration":1}\n{"iteration":2}\n{"iteration":3}\n')
    const second = openRunFolder(root, { resume: true, metricsBytes: 16 })
    expect(second.syncMetrics(), 'what is behind goes at once').to.equal(16)
    expect(read('metrics.ndjson')).to.equal('{"iteration":1}\n')
    second.appendMetrics({ iteration: 4 })
    second.finish()
    expect(read('metrics.ndjson')).to.equal('{"iteration":1}\n{"iteration":4}\n')
  })

  it('tells the length that metrics will have only where the disk takes them', () => {
    const { fs, state } = fillable()
    const folder = openRunFolder(root, { fs })
    folder.appendMetrics({ iteration: 1 })
    state.full = root
    folder.appendMetrics({ iteration: 2 })
    expect(folder.syncMetrics()).to.equal(undefined)
    state.full = undefined
    expect(folder.syncMetrics()).to.equal(32)
    folder.finish()
  })

  it('refuses a folder that cannot be written before anything runs', () => {
    writeFileSync(join(root, 'file'), '')
    const error = caught(() => openRunFolder(join(root, 'file/run')))
    expect(error.code).to.equal('run-folder-not-writable')
    expect(error.message).to.contain(join(root, 'file/run')).and.to.contain('--out')
    const { fs, state } = fillable()
    state.full = root
    expect(caught(() => openRunFolder(root, { fs })).message).to.contain('the disk is full (ENOSPC)')
  })

  it('catches up when space comes back, without half lines', () => {
    const { fs, state } = fillable()
    const folder = openRunFolder(root, { fs })
    folder.appendMetrics({ iteration: 1 })
    state.full = root
    folder.appendMetrics({ iteration: 2 })
    folder.writeText('report.html', 'page')
    expect(folder.problem?.message).to.contain('ENOSPC')
    expect(existsSync(join(root, 'report.html'))).to.equal(false)
    state.full = undefined
    folder.appendMetrics({ iteration: 3 })
    folder.finish()
    expect(read('metrics.ndjson')).to.equal('{"iteration":1}\n{"iteration":2}\n{"iteration":3}\n')
    expect(read('report.html')).to.equal('page')
    expect(readdirSync(root).sort()).to.deep.equal(['metrics.ndjson', 'report.html'])
  })

  it('writes everything to the temporary folder where the disk stays full, and names both', () => {
    const { fs, state } = fillable()
    const folder = openRunFolder(root, { fs })
    folder.appendMetrics({ iteration: 1 })
    folder.writeText('config.yaml', 'seed: 1\n')
    state.full = root
    folder.appendMetrics({ iteration: 2 })
    folder.writeText('report.html', 'page')
    // The rescue folder's name begins with the same letters as the temporary folder, not with the run's.
    const error = caught(() => folder.finish()) as MillraceError<'run-files-rescued'>
    expect(error.code).to.equal('run-files-rescued')
    const { rescue } = error.details
    expect(error.message).to.contain(root).and.to.contain(rescue)
    expect(readFileSync(join(rescue, 'metrics.ndjson'), 'utf8')).to.equal('{"iteration":1}\n{"iteration":2}\n')
    expect(readFileSync(join(rescue, 'report.html'), 'utf8')).to.equal('page')
    expect(readFileSync(join(rescue, 'config.yaml'), 'utf8')).to.equal('seed: 1\n')
    rmSync(rescue, { recursive: true })
  })

  it('says so where even that fails', () => {
    const { fs, state } = fillable()
    const folder = openRunFolder(root, { fs })
    state.full = tmpdir()
    folder.writeText('report.html', 'page')
    const error = caught(() => folder.finish()) as MillraceError<'run-files-lost'>
    expect(error.code).to.equal('run-files-lost')
    rmSync(error.details.rescue, { recursive: true, force: true })
  })

  it('takes plain file names only', () => {
    expect(() => openRunFolder(root).writeText('../report.html', '')).to.throw('not a plain file name')
  })
})
