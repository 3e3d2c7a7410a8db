import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { diagnose, formatTable } from '../../engine/doctor.mjs'
import { engine } from './world.js'

describe('engine: doctor', () => {
  it('finds this machine fit: every row there, none failed', async () => {
    const rows = await diagnose()
    expect(rows.map(({ name }) => name)).to.deep.equal([
      ...['Node.js', 'millrace', 'packages', 'TensorFlow', 'addon'],
      ...['processor', 'memory', 'graphics card', 'cache', 'MNIST'],
    ])
    expect(rows.filter(({ status }) => status === 'fail')).to.deep.equal([])
    expect(rows.find(({ name }) => name === 'addon')!.value).to.match(/loads in \d+ ms and trains/)
  })

  it('says what to do about an old Node.js, little memory and a processor without AVX', async () => {
    const { nodeRow, memoryRow, processorRow } = await engine('doctor/system')
    expect(nodeRow('18.1.0')).to.include({ status: 'fail', fix: 'install Node.js 20.19 or newer' })
    expect(memoryRow(2e9, 1e9).status).to.equal('warn')
    expect(processorRow('flags : sse avx avx2 avx512f amx_tile').value).to.match(/avx avx2 avx512f amx_tile$/)
    if (process.arch === 'x64') expect(processorRow('flags : sse').status).to.equal('fail')
  })

  it('tells missing data from damaged data', async () => {
    const { dataRow } = await engine('doctor/data')
    const folder = mkdtempSync(join(tmpdir(), 'millrace-data-'))
    expect(dataRow(folder)).to.include({ status: 'fail', value: 'train-images-idx3-ubyte is missing' })
    writeFileSync(join(folder, 'train-images-idx3-ubyte'), 'x')
    expect(dataRow(folder).value).to.match(/is damaged: md5/)
    rmSync(folder, { recursive: true })
  })

  it('tells a library that is gone, and one in another cache', async () => {
    const { originRow } = await engine('doctor/engine')
    const note = { origin: 'wheel', version: '2.21.0', variant: 'cpu' }
    expect(originRow(undefined).status).to.equal('warn')
    expect(originRow({ ...note, origin: 'own install', version: '2.9.1' }).value).to.equal("2.9.1 (cpu), from tfjs-node's own install")
    const gone = originRow({ ...note, library: '/nowhere/tensorflow' })
    expect(gone).to.include({ status: 'fail', fix: 'npm run setup' })
    expect(gone.value).to.match(/in \/nowhere\/tensorflow, which is gone or incomplete$/)
    const [row] = (await diagnose()).filter(({ name }) => name === 'TensorFlow')
    const library = /in (\/.*)$/.exec(row!.value)?.[1]
    if (library) expect(originRow({ ...note, library }, '/elsewhere')).to.include({ status: 'warn', value: row!.value })
  })

  it('tells a cache that cannot be one', async () => {
    const { cacheRow } = await engine('doctor/cache')
    const folder = mkdtempSync(join(tmpdir(), 'millrace-cache-'))
    expect(cacheRow(folder)).to.include({ status: 'ok' })
    expect(cacheRow(join(folder, 'new/cache')).value).to.match(/not there yet/)
    writeFileSync(join(folder, 'file'), '')
    for (const path of ['file', 'file/cache']) expect(cacheRow(join(folder, path))).to.include({ status: 'fail' })
    rmSync(folder, { recursive: true })
  })

  it('prints rows as a table', () => {
    const text = formatTable([
      { name: 'a', value: 'one\ntwo', status: 'ok' },
      { name: 'long', value: 'bad', status: 'fail', fix: 'mend it' },
    ])
    expect(text).to.equal('ok    a     one\n            two\nFAIL  long  bad\n            do: mend it')
  })
})
