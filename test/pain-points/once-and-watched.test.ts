import { expect } from 'chai'
import type { NotifierEvent } from '../../src/index.js'
import { rejectionOf } from '../dataset/error-of.js'
import { numbers } from '../support/numbers.js'
import { KeptText } from '../support/text-stream.js'

describe('a dataset can be watched without a pipeline, and a model is loaded once under its own name', () => {
  it('genBatch of a dataset tells a function of each batch', async () => {
    const events: NotifierEvent[] = []
    for await (const _ of numbers(7).genBatch(3, { notifier: event => events.push(event) }));
    expect(events.map(({ seconds: _, ...event }) => event)).to.deep.equal(
      [1, 2, 3].map(batch => ({ pipeline: 'numbers', batch, total: 3, variables: {} })),
    )
  })

  it('and draws the same bar as a pipeline, which ends cleanly when the loop is left', async () => {
    const stream = new KeptText(true)
    for await (const _ of numbers(8).genBatch(2, { epochs: 2, notifier: { stream } })) break
    expect(stream.text).to.match(/numbers {2}█+░+ {2}1\/8 {2}.*\n$/)
  })

  it('nextBatch too, to the end; a change of who watches is no other walk', async () => {
    const seen: (number | null)[] = []
    const data = numbers(4)
    const notifier = ({ batch, total }: NotifierEvent) => seen.push(batch, total)
    await data.nextBatch(2, { epochs: 1, notifier })
    await data.nextBatch(2, { epochs: 1 })
    expect((await rejectionOf(data.nextBatch())).code).to.equal('end-of-data')
    expect(seen).to.deep.equal([1, 2, 2, 2])
  })

  it('a dataset has no variables to show, and says so', async () => {
    const error = await rejectionOf(
      numbers(4)
        .genBatch(2, { notifier: { variables: ['loss'] } })
        .next(),
    )
    expect([error.code, error.message]).to.satisfy(
      ([code, message]: string[]) => code === 'unknown-name' && /variable called loss/.test(message!),
    )
  })

  it('loadModel in before has its name and its folder each in its place', () => {
    const { before } = numbers(4).p.before(p => p.loadModel('net', 'models/net')).spec
    expect(before).to.deep.equal([{ loadModel: { name: 'net', path: 'models/net' } }])
  })
})
