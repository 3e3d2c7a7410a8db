import { expect } from 'chai'
import { Output } from '../../src/cli/output.js'
import { printable } from '../../src/errors/printable.js'
import { Notifier } from '../../src/notifier/notifier.js'
import { toNotifierSettings } from '../../src/notifier/notifier-options.js'
import { canColor, canRedraw } from '../../src/util/process/terminal.js'

/** What is written to standard output meanwhile. */
function written(work: () => void): string {
  const { write } = process.stdout
  let text = ''
  process.stdout.write = ((chunk: string) => {
    text += chunk
    return true
  }) as typeof write
  try {
    work()
  } finally {
    process.stdout.write = write
  }
  return text
}

describe('what reaches the terminal', () => {
  it('numbers that JSON lacks are spelt as in YAML', () => {
    const value = { high: Number.POSITIVE_INFINITY, low: [Number.NEGATIVE_INFINITY], none: Number.NaN, zero: 0, nothing: null }
    const text = written(() => new Output(true).value(value))
    expect(JSON.parse(text)).to.deep.equal({ high: '.inf', low: ['-.inf'], none: '.nan', zero: 0, nothing: null })
  })

  it('JSON has no control character, and means the same', () => {
    const value = { title: 'a\u001b[31m b\u009b31m c\u007f d\u202e' }
    const text = written(() => new Output(true).value(value))
    for (const mark of '\u001b\u009b\u007f\u202e') expect(text).not.to.include(mark)
    expect(JSON.parse(text)).to.deep.equal(value)
  })

  it('names lose their control characters, not their line breaks', () => {
    expect(printable('a\u001b[31m\tb\nc\u009b\u202e')).to.equal('a\uFFFD[31m\tb\nc\uFFFD\uFFFD')
  })

  for (const [what, stream, env, expected] of [
    ['a terminal', { isTTY: true }, {}, [true, true]],
    ['a terminal without colours', { isTTY: true }, { NO_COLOR: '1' }, [true, false]],
    ['a dumb terminal', { isTTY: true }, { TERM: 'dumb' }, [false, false]],
    ['a pipe', {}, {}, [false, false]],
  ] as const) {
    it(`${what}: ${expected[0] ? 'a line is redrawn' : 'lines follow each other'}, ${expected[1] ? 'with' : 'without'} colours`, () => {
      expect([canRedraw(stream, env), canColor(stream, env)]).to.deep.equal(expected)
    })
  }

  it('a bar on a dumb terminal writes lines', async () => {
    const { TERM } = process.env
    process.env.TERM = 'dumb'
    let text = ''
    const write = (chunk: string) => {
      text += chunk
    }
    const stream = { isTTY: true, columns: 80, write }
    const watched = { name: 'evil\u001b[31m', total: 20, variables: [], read: () => undefined }
    let now = 0
    const notifier = new Notifier(toNotifierSettings({ bar: true, stream }, [])!, watched, () => (now += 2))
    for (let i = 1; i <= 20; i++) await notifier.batch(i)
    await notifier.end()
    if (TERM === undefined) delete process.env.TERM
    else process.env.TERM = TERM
    expect(text).to.include('evil\uFFFD[31m 20/20').and.not.include('\u001b')
  })
})
