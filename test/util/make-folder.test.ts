import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { makeFolder } from '../../src/util/files/make-folder.js'

describe('makeFolder', () => {
  const root = mkdtempSync(join(tmpdir(), 'millrace-test-'))
  after(() => rmSync(root, { recursive: true }))

  it('makes a folder and those above it, and leaves one that is there', () => {
    makeFolder(join(root, 'a/b/c'))
    makeFolder(join(root, 'a/b/c'))
    expect(existsSync(join(root, 'a/b/c'))).to.equal(true)
  })

  it('ends with an error where no folder can be: below a file, in a file system that takes none', () => {
    writeFileSync(join(root, 'file'), '')
    expect(() => makeFolder(join(root, 'file/below'))).to.throw(/ENOTDIR/)
    if (process.platform === 'linux') expect(() => makeFolder('/proc/millrace')).to.throw(/ENOENT/)
  })
})
