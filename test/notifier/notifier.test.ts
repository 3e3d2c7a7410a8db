import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { expect } from 'chai'
import { Notifier, type NotifierEvent, openNotifier } from '../../src/notifier/index.js'
import { toNotifierSettings } from '../../src/notifier/notifier-options.js'
import { log, setLogger } from '../../src/util/logger.js'
import { errorOf } from '../dataset/error-of.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { KeptText } from '../support/text-stream.js'

/** A notifier of a walk in which every batch takes the same time. */
function walk(option: object, { total = 10, seconds = 1, loss = (batch: number): unknown => 1 / batch } = {} as Walked) {
  let now = 0
  let batch = 0
  const watched = { name: 'fit', total, variables: ['loss'], read: () => loss(batch) }
  const notifier = new Notifier(toNotifierSettings(option, watched.variables)!, watched, () => now)
  const go = async (batches: number) => {
    for (let i = 0; i < batches; i++) {
      now += seconds
      await notifier.batch(++batch)
    }
  }
  return { notifier, go }
}

interface Walked {
  readonly total?: number | null
  readonly seconds?: number
  readonly loss?: (batch: number) => unknown
}

describe('a notifier', () => {
  const folders = temporaryFolder()
  after(() => folders.remove())

  describe('draws a bar on a terminal', () => {
    it('with batches, rate, time left and the newest numbers, one line over and over', async () => {
      const stream = new KeptText(true)
      const { notifier, go } = walk({ stream, bar: true, variables: ['loss'] })
      await go(5)
      expect(stream.drawings.at(-1)).to.equal(`fit  ${'█'.repeat(15)}${'░'.repeat(15)}  5/10  1/s  5.0 s left  loss 0.2`)
      expect(stream.text).not.to.include('\n')
      await go(5)
      await notifier.end()
      expect(stream.drawings.at(-1)).to.equal(`fit  ${'█'.repeat(30)}  10/10  1/s  10.0 s  loss 0.1\n`)
      notifier.close()
      expect(stream.text.match(/\n/g)).to.have.length(1)
    })

    it('ten times a second at most, and the last batch in any case', async () => {
      const stream = new KeptText(true)
      const { notifier, go } = walk({ stream }, { total: 1000, seconds: 0.001 })
      await go(1000)
      expect(stream.drawings.length).to.be.within(10, 11)
      await notifier.end()
      expect(stream.drawings.at(-1)).to.include('1000/1000')
    })

    it('without a bar where there is no end', async () => {
      const stream = new KeptText(true)
      const { go } = walk({ stream }, { total: null, seconds: 0.25 })
      await go(8)
      expect(stream.drawings.at(-1)).to.equal('fit  8  4/s  2.0 s')
    })

    it('within its width, whatever there is to say', async () => {
      for (const columns of [10, 40, 60, 80]) {
        const stream = new KeptText(true, columns)
        const { go } = walk({ stream, bar: true, variables: ['loss'], chart: true })
        await go(10)
        for (const drawing of stream.drawings) expect(drawing.length).to.be.below(columns)
      }
    })

    it('with a sparkline of the variables', async () => {
      const stream = new KeptText(true)
      const { go } = walk({ stream, bar: true, variables: ['loss'], chart: true }, { loss: batch => batch })
      await go(8)
      expect(stream.drawings.at(-1)).to.include('loss 8 ▁▂▃▄▅▆▇█')
    })

    it('that makes room for a line of print, and comes again', async () => {
      const stream = new KeptText(true)
      const { notifier, go } = walk({ stream })
      setLogger(line => stream.write(`${line}\n`))
      try {
        await go(2)
        log('hello')
        await go(1)
        notifier.close()
        log('bye')
      } finally {
        setLogger()
      }
      expect(stream.text.replaceAll('\r\u001b[K', '<wipe>')).to.match(/ 2\/10 [^\n]*<wipe>hello\n<wipe>[^\n]* 3\/10 [^\n]*\nbye\n$/)
    })
  })

  it('writes a line now and then where there is no terminal, and one at the end', async () => {
    const slow = new KeptText()
    const slowly = walk({ stream: slow }, { total: 1000, seconds: 4 })
    await slowly.go(7)
    slowly.notifier.close()
    expect(slow.lines).to.deep.equal([3, 6, 7].map(batch => `fit ${batch}/1000  0.25/s  1 h 6 min left`))
    const fast = new KeptText()
    const quickly = walk({ stream: fast }, { total: 1000, seconds: 0.001 })
    await quickly.go(1000)
    await quickly.notifier.end()
    expect(fast.lines).to.deep.equal(['fit 1000/1000  1000/s  1.0 s'])
  })

  it('leaves a clean line before an error, and goes on behind it', async () => {
    const stream = new KeptText(true)
    const { notifier, go } = walk({ stream })
    await go(1)
    notifier.pause()
    expect(stream.text.endsWith('\n')).to.equal(true)
    await go(1)
    expect(stream.drawings.at(-1)).to.include('2/10')
  })

  const newest: [string, unknown, number | null][] = [
    ['a number', 0.5, 0.5],
    ['a list', [3, 2, 1], 1],
    ['a typed array', Float32Array.of(1, 2), 2],
    ['an empty list', [], null],
    ['a text', 'none', null],
    ['nothing', undefined, null],
  ]
  for (const [what, value, expected] of newest) {
    it(`tells the newest number of ${what}`, async () => {
      const events: NotifierEvent[] = []
      const { go } = walk({ callback: (event: NotifierEvent) => events.push(event), variables: ['loss'] }, { loss: () => value })
      await go(1)
      expect(events).to.deep.equal([{ pipeline: 'fit', batch: 1, total: 10, seconds: 1, variables: { loss: expected } }])
    })
  }

  it('calls a function every so many batches and after the last one, and waits for it', async () => {
    const seen: number[] = []
    const callback = async ({ batch }: NotifierEvent) => {
      await new Promise(resolve => setImmediate(resolve))
      seen.push(batch)
    }
    const { notifier, go } = walk({ callback, frequency: 4 })
    await go(10)
    expect(seen).to.deep.equal([4, 8])
    await notifier.end()
    expect(seen).to.deep.equal([4, 8, 10])
  })

  it('writes a line of JSON for each event behind what the file holds', async () => {
    const file = folders.in('more/log.ndjson')
    mkdirSync(folders.in('more'))
    writeFileSync(file, '"before"\n')
    const { go } = walk({ file, variables: ['loss'], frequency: 2 })
    await go(5)
    const lines = readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(lines).to.deep.equal([
      'before',
      ...[2, 4].map(batch => ({ pipeline: 'fit', batch, total: 10, seconds: batch, variables: { loss: 1 / batch } })),
    ])
  })

  for (const name of ['losses.html', 'losses.svg']) {
    it(`draws ${name} as it goes, whole at any time`, async () => {
      const chart = folders.in(`charts/${name}`)
      const { notifier, go } = walk({ chart, variables: ['loss'] })
      expect(existsSync(chart), 'before the first batch').to.equal(true)
      await go(3)
      const live = readFileSync(chart, 'utf8')
      await go(7)
      await notifier.end()
      const ended = readFileSync(chart, 'utf8')
      for (const [text, points] of [
        [live, 3],
        [ended, 10],
      ] as const) {
        expect(text).to.match(/<\/(svg|html)>\s*$/)
        expect(/polyline points="([^"]*)"/.exec(text)![1]!.split(' ')).to.have.length(points)
        expect(text).to.not.match(/NaN|undefined|https?:\/\/(?!www\.w3\.org)/)
      }
      expect(live.includes('http-equiv="refresh"')).to.equal(name.endsWith('.html'))
      expect(ended).not.to.include('refresh')
      expect(readdirSync(folders.in('charts')).filter(file => file.includes('tmp'))).to.deep.equal([])
    })
  }

  it('a chart that cannot be written at the start is an error; later it is no reason to end a run', async () => {
    writeFileSync(folders.in('file'), '')
    expect(() => walk({ file: folders.in('file/log.ndjson') })).to.throw(/ENOTDIR|EEXIST/)
    const file = folders.in('gone/log.ndjson')
    const { notifier, go } = walk({ file })
    rmSync(folders.in('gone'), { recursive: true })
    await go(2)
    mkdirSync(folders.in('gone'))
    await go(1)
    notifier.close()
    expect(readFileSync(file, 'utf8').trimEnd().split('\n')).to.have.length(3)
  })

  const wrong: [string, unknown, string, RegExp][] = [
    ['an option there is not', { frequancy: 2 }, 'unknown-option', /Did you mean frequency\?/],
    ['a variable there is not', { variables: ['los'] }, 'unknown-name', /Did you mean loss\?/],
    ['a frequency of 0', { frequency: 0 }, 'wrong-value', /frequency of notifier.*Seen: 0/],
    ['a chart of nothing', { chart: true }, 'argument-alone', /chart of notifier has no effect without variables/],
    ['a chart of another kind', { chart: 'a.png', variables: ['loss'] }, 'wrong-value', /\.html or \.svg/],
    ['another word', 'n', 'wrong-value', /'bar'/],
  ]
  for (const [what, option, code, words] of wrong) {
    it(`refuses ${what}`, () => {
      const watched = { name: 'fit', total: null, variables: ['loss'], read: () => 0 }
      const error = errorOf(() => openNotifier(option as never, watched))
      expect(error.code).to.equal(code)
      expect(error.message).to.match(words)
    })
  }

  for (const [what, option] of [
    ['nothing', undefined],
    ['false', false],
  ] as const) {
    it(`is none where ${what} is asked for`, () => {
      expect(openNotifier(option, { name: 'fit', total: null, variables: [], read: () => 0 })).to.equal(undefined)
    })
  }
})
