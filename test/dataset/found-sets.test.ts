/** Sets that are found or fetched: where they are looked for, archives with mistakes, downloads that are interrupted. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { findSet } from '../../src/dataset/opensets/found/find-set.js'
import type { Dataset, ImagesBatch } from '../../src/index.js'
import {
  cachedFolder,
  checkFiles,
  cifar10,
  cifar100,
  downloadSet,
  fashionMnist,
  kmnist,
  knownSets,
  opensets,
  whereSet,
} from '../../src/opensets.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { errorOf, rejectionOf } from './error-of.js'

const md5 = (data: Uint8Array) => createHash('md5').update(data).digest('hex')

/** A member of a tar archive: its header, its bytes up to a whole block. */
function member(name: string, data: Buffer, size = data.length): Buffer {
  const header = Buffer.alloc(512)
  header.write(name, 0)
  header.write('0000644\0', 100)
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  header.write('        ', 148)
  header.write('0ustar\0', 156)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([header, data, Buffer.alloc((512 - (data.length % 512)) % 512)])
}

const archive = (...members: readonly Buffer[]) => gzipSync(Buffer.concat([...members, Buffer.alloc(1024)]))

/** Records of CIFAR whose planes have the values 10, 20 and 30 more than the item. */
const records = (labels: readonly (readonly number[])[]) =>
  Buffer.concat(labels.map((own, i) => Buffer.concat([Buffer.from(own), ...[10, 20, 30].map(value => Buffer.alloc(1024, value + i))])))

const ten = (file: string) => `cifar-10-batches-bin/${file}`
const train = [1, 2, 3, 4, 5].map(i => member(ten(`data_batch_${i}.bin`), records([[i], [i + 1]])))
const test = member(ten('test_batch.bin'), records([[9], [0]]))

/** What the row of a set says of what it loads. */
function checkRow(name: keyof typeof knownSets, data: Dataset<typeof ImagesBatch>): void {
  const { parts, attributes, batchClass, schema } = opensets[name]
  expect([Object.keys(data.parts), Object.keys(data.attributes), data.batchClass, data.name]).to.deep.equal([
    parts,
    attributes,
    batchClass,
    name,
  ])
  expect(schema).to.include({ type: 'object', additionalProperties: false })
}

describe('sets that are found or fetched', () => {
  const folders = temporaryFolder()
  after(() => folders.remove())
  let made = 0
  const folderOf = (files: Readonly<Record<string, Uint8Array>> = {}) => {
    const folder = folders.in(`set-${made++}`)
    mkdirSync(folder)
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes)
    return folder
  }
  const cifar = (bytes: Uint8Array) => cifar10({ folder: folderOf({ 'cifar-10-binary.tar.gz': bytes }), verify: false })

  describe('are looked for', () => {
    const set = { ...knownSets.cifar10, places: [] as string[] }
    const file = 'cifar-10-binary.tar.gz'

    it('in the folder alone, if there is one', () => {
      expect(findSet('cifar10', set, '/nowhere')).to.equal('/nowhere')
    })

    it('in the cache, then in the places of the system', () => {
      const env = { MILLRACE_DATA: folderOf() }
      const place = folderOf({ [file]: Buffer.alloc(1) })
      const both = { ...set, places: ['/nowhere', place] }
      expect(findSet('cifar10', both, undefined, env)).to.equal(place)
      const cached = cachedFolder('cifar10', set, env)
      expect(cached).to.equal(join(env.MILLRACE_DATA, 'cifar10', '1'))
      mkdirSync(cached, { recursive: true })
      writeFileSync(join(cached, `${file}.partial`), 'half')
      expect(whereSet('cifar10', both, env)).to.equal(place)
      writeFileSync(join(cached, file), 'whole')
      expect(whereSet('cifar10', both, env)).to.equal(cached)
    })

    it('below the cache of Millrace by default', () => {
      expect(cachedFolder('kmnist', knownSets.kmnist, { MILLRACE_CACHE: '/cache' })).to.equal('/cache/data/kmnist/1')
      expect(cachedFolder('kmnist', knownSets.kmnist, { XDG_CACHE_HOME: '/own' })).to.equal('/own/millrace/data/kmnist/1')
    })

    it('and nowhere else: nothing is downloaded, and the error names the places and the command', () => {
      const { code, message } = errorOf(() =>
        findSet('cifar10', { ...set, places: ['/usr/share/c'] }, undefined, { MILLRACE_DATA: '/empty' }),
      )
      expect(code).to.equal('data-not-here')
      for (const part of ['/empty/cifar10/1', '/usr/share/c', 'millrace data get cifar10', 'MILLRACE_DATA'])
        expect(message).to.include(part)
    })
  })

  describe('are read', () => {
    it('as images of CIFAR-10 with their labels, train first', async () => {
      const data = await cifar(archive(...train, test))
      checkRow('cifar10', data)
      expect([data.name, data.train.length, data.test.length, data.attributes.classes]).to.deep.equal(['cifar10', 10, 2, 10])
      expect(Array.from(data.train.get('labels')!.data)).to.deep.equal([1, 2, 2, 3, 3, 4, 4, 5, 5, 6])
      const { images, labels } = data.test.batchByPos([1])
      expect([images.shape, Array.from(images.data.slice(0, 6)), Array.from(labels.data)]).to.deep.equal([
        [1, 32, 32, 3],
        [11, 21, 31, 11, 21, 31],
        [0],
      ])
    })

    it('as images of CIFAR-100 with fine or coarse labels', async () => {
      const parts = ['train', 'test'].map(part => member(`cifar-100-binary/${part}.bin`, records([[3, 77]])))
      const folder = folderOf({ 'cifar-100-binary.tar.gz': archive(...parts) })
      const fine = await cifar100({ folder, verify: false })
      const coarse = await cifar100({ folder, verify: false, labels: 'coarse' })
      checkRow('cifar100', fine)
      const seen = [fine, coarse].map(({ test, attributes }) => [test.get('labels')!.data[0], attributes.classes])
      expect(seen).to.deep.equal([
        [77, 100],
        [3, 20],
      ])
    })

    it('as MNIST is, Fashion-MNIST and KMNIST', async () => {
      const idx = (...shape: readonly number[]) => {
        const header = Buffer.alloc(4 + 4 * shape.length)
        header.writeUInt32BE(0x800 + shape.length)
        for (const [axis, n] of shape.entries()) header.writeUInt32BE(n, 4 + 4 * axis)
        return gzipSync(Buffer.concat([header, Buffer.alloc(shape.reduce((a, b) => a * b))]))
      }
      const [images, labels, testImages, testLabels] = knownSets.kmnist.files.map(({ name }) => name)
      const folder = folderOf({ [images!]: idx(6, 3, 2), [labels!]: idx(6), [testImages!]: idx(4, 3, 2), [testLabels!]: idx(4) })
      for (const [name, open] of Object.entries({ fashionMnist, kmnist })) {
        const data = await open({ folder, verify: false })
        checkRow(name as 'kmnist', data)
        expect([data.train.length, data.test.length, data.train.get('images')!.shape]).to.deep.equal([6, 4, [6, 3, 2, 1]])
        expect((await rejectionOf(open({ folder }))).code).to.equal('data-file-checksum')
      }
    })

    const wrong = {
      'an archive that ends in the middle of a member': [
        archive(...train, test.subarray(0, 2000)),
        'data-archive',
        /test_batch\.bin, which has/,
      ],
      'a gzip file that is cut off': [archive(...train, test).subarray(0, 300), 'data-file-unreadable', /./],
      'a member that is missing': [archive(...train), 'data-archive', /no file test_batch\.bin/],
      'a member of no whole records': [archive(...train, member(ten('test_batch.bin'), Buffer.alloc(3000))), 'data-archive', /3000 bytes/],
      'a member whose name leads out': [archive(member('../evil', Buffer.alloc(1)), ...train, test), 'data-archive', /"\.\.\/evil"/],
      'a member with an absolute name': [archive(member('/etc/evil', Buffer.alloc(1)), ...train, test), 'data-archive', /"\/etc\/evil"/],
      'a damaged header': [archive(...train, Buffer.concat([Buffer.from('x'), test.subarray(1)])), 'data-archive', /damaged header/],
      'a size that is no number': [archive(member(ten('x'), Buffer.alloc(0), Number.NaN), ...train, test), 'data-archive', /./],
    } as const
    for (const [name, [bytes, code, text]] of Object.entries(wrong)) {
      it(`but not from ${name}`, async () => {
        const error = await rejectionOf(cifar(bytes))
        expect([error.code, text.test(error.message)], error.message).to.deep.equal([code, true])
      })
    }

    it('but not with another checksum', async () => {
      const folder = folderOf({ 'cifar-10-binary.tar.gz': archive(...train, test) })
      expect((await rejectionOf(cifar10({ folder }))).code).to.equal('data-file-checksum')
    })
  })

  it('have a checksum of the content where gzip headers differ', async () => {
    const content = Buffer.from('content')
    const zipped = gzipSync(content)
    zipped.writeUInt32LE(12345, 4)
    const file = { name: 'a.gz', md5: md5(content), isOfContent: true, urls: [] }
    await checkFiles(folderOf({ 'a.gz': zipped }), { files: [file] })
    expect((await rejectionOf(checkFiles(folderOf({ 'a.gz': zipped }), { files: [{ ...file, isOfContent: false }] }))).code).to.equal(
      'data-file-checksum',
    )
  })

  describe('are downloaded', () => {
    const content = Buffer.from(Array.from({ length: 50_000 }, (_, i) => (i * 7) % 251))
    let answer: (request: IncomingMessage, response: ServerResponse) => void
    const server = createServer((request, response) => answer(request, response))
    let address: string
    before(done => {
      server.listen(0, '127.0.0.1', () => {
        address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
        done()
      })
    })
    after(() => {
      server.closeAllConnections()
      server.close()
    })
    const fileAt = (...paths: readonly string[]) => ({
      name: 'set.bin',
      md5: md5(content),
      bytes: content.length,
      urls: paths.map(path => `${address}/${path}`),
    })
    const ranges: (string | undefined)[] = []
    /** Serves ranges; the first answer is cut off after `cut` bytes. */
    const serve = (cut = Infinity) => {
      let served = 0
      ranges.length = 0
      answer = ({ headers: { range } }, response) => {
        ranges.push(range)
        const start = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0)
        response.writeHead(range ? 206 : 200, range ? { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` } : {})
        if (served++ > 0 || cut === Infinity) response.end(content.subarray(start))
        else response.write(content.subarray(start, start + cut), () => response.destroy())
      }
    }
    const read = (folder: string) => readFileSync(join(folder, 'set.bin'))

    it('whole, once', async () => {
      serve()
      const folder = folderOf()
      const seen: number[] = []
      await downloadSet(folder, { files: [fileAt('a')] }, { onProgress: (_, bytes) => seen.push(bytes) })
      await downloadSet(folder, { files: [fileAt('a')] })
      expect([read(folder).equals(content), ranges.length, seen.at(-1)]).to.deep.equal([true, 1, content.length])
      expect(existsSync(join(folder, 'set.bin.partial'))).to.equal(false)
    })

    it('from where they were interrupted', async () => {
      serve(20_000)
      const folder = folderOf()
      const error = await rejectionOf(downloadSet(folder, { files: [fileAt('a')] }))
      expect([error.code, existsSync(join(folder, 'set.bin'))]).to.deep.equal(['data-download', false])
      const there = readFileSync(join(folder, 'set.bin.partial')).length
      await downloadSet(folder, { files: [fileAt('a')] })
      expect(ranges).to.deep.equal([undefined, ...(there > 0 ? [`bytes=${there}-`] : [undefined])])
      expect(read(folder).equals(content)).to.equal(true)
    })

    it('anew from a server that knows no ranges', async () => {
      answer = (_, response) => response.end(content)
      const folder = folderOf({ 'set.bin.partial': Buffer.from('wrong start') })
      await downloadSet(folder, { files: [fileAt('a')] })
      expect(read(folder).equals(content)).to.equal(true)
    })

    it('without a request, where all of it is there already', async () => {
      serve()
      const folder = folderOf({ 'set.bin.partial': content })
      await downloadSet(folder, { files: [fileAt('a')] })
      expect([ranges, read(folder).equals(content)]).to.deep.equal([[], true])
    })

    it('from the next address, if one fails', async () => {
      serve()
      const good = answer
      answer = (request, response) => (request.url === '/a' ? response.writeHead(503).end() : good(request, response))
      const folder = folderOf()
      await downloadSet(folder, { files: [fileAt('a', 'b')] })
      expect(read(folder).equals(content)).to.equal(true)
    })

    const wrong = {
      'the checksum is another one': [Buffer.from(content).fill(1, 0, 3), /is not the original file/],
      'there are more bytes': [Buffer.concat([content, content]), /more than 50000 bytes/],
      'there are fewer bytes': [content.subarray(0, 100), /100 bytes of 50000/],
    } as const
    for (const [name, [bytes, text]] of Object.entries(wrong)) {
      it(`and do not appear if ${name}`, async () => {
        answer = (_, response) => response.end(bytes)
        const folder = folderOf()
        const error = await rejectionOf(downloadSet(folder, { files: [fileAt('a')] }))
        expect([error.code, text.test(error.message)], error.message).to.deep.equal(['data-download', true])
        expect(existsSync(join(folder, 'set.bin'))).to.equal(false)
      })
    }

    it('until they are stopped', async () => {
      const stop = new AbortController()
      answer = (_, response) => response.write(content.subarray(0, 10), () => stop.abort(new Error('stopped')))
      const folder = folderOf()
      const failure = await downloadSet(folder, { files: [fileAt('a', 'b')] }, { signal: stop.signal }).catch(
        (error: Error) => error.message,
      )
      expect(failure).to.equal('stopped')
    })
  })
})
