import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { diagnose, formatTable } from '../../engine/doctor.mjs'
import { engine } from './world.js'

describe('engine: doctor', function () {
  this.timeout(30_000)

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

  it('prints rows as a table', () => {
    const text = formatTable([
      { name: 'a', value: 'one\ntwo', status: 'ok' },
      { name: 'long', value: 'bad', status: 'fail', fix: 'mend it' },
    ])
    expect(text).to.equal('ok    a     one\n            two\nFAIL  long  bad\n            do: mend it')
  })
})
