import { expect } from 'chai'
import { I, type NotifierEvent, V } from '../../../src/index.js'
import { numbers } from '../../support/numbers.js'
import { KeptText } from '../../support/text-stream.js'

const losing = () =>
  numbers(6)
    .p.named('fit')
    .initVariable('losses', { initOnEachRun: () => [] })
    .update(V('losses', { mode: 'append' }), I().mul(2))

/** Runs with a callback and gives what it was told: batch, total, the newest number. */
async function told(run: (notifier: (event: NotifierEvent) => void) => Promise<unknown>) {
  const events: NotifierEvent[] = []
  await run(event => events.push(event))
  return events.map(({ batch, total }) => [batch, total])
}

describe('a run that is watched', () => {
  it('tells a function of each batch, with the variables asked for', async () => {
    const events: NotifierEvent[] = []
    const notifier = { variables: ['losses'], callback: (event: NotifierEvent) => events.push(event) }
    await losing().run(2, { notifier, prefetch: 2 })
    expect(events.map(({ seconds: _, ...event }) => event)).to.deep.equal(
      [1, 2, 3].map(batch => ({ pipeline: 'fit', batch, total: 3, variables: { losses: 2 * batch } })),
    )
    expect(events[2]!.seconds).to.be.at.least(events[0]!.seconds)
  })

  const ways: [string, (notifier: (event: NotifierEvent) => void) => Promise<unknown>, unknown[]][] = [
    [
      'run',
      notifier => losing().run(3, { notifier }),
      [
        [1, 2],
        [2, 2],
      ],
    ],
    [
      'genBatch, left early',
      async notifier => {
        for await (const _ of losing().genBatch(2, { notifier })) break
      },
      [[1, 3]],
    ],
    [
      'nextBatch, endless',
      async notifier => {
        const p = losing()
        for (let i = 0; i < 4; i++) await p.nextBatch(2, { notifier })
      },
      [1, 2, 3, 4].map(batch => [batch, null]),
    ],
    [
      'batches$',
      notifier =>
        new Promise<void>((resolve, reject) =>
          losing().batches$({ batchSize: 3, notifier }).subscribe({ complete: resolve, error: reject }),
        ),
      [
        [1, 2],
        [2, 2],
      ],
    ],
    [
      'runLater',
      notifier => losing().runLater(3, { notifier }).run(),
      [
        [1, 2],
        [2, 2],
      ],
    ],
    [
      'a run over batches made of others',
      notifier => losing().rebatch(4).run(2, { notifier }),
      [
        [1, null],
        [2, null],
      ],
    ],
    [
      'a run with a batch left out',
      notifier =>
        losing()
          .if(I().eq(2), q => q.skipBatch())
          .run(2, { notifier }),
      [
        [1, 3],
        [3, 3],
      ],
    ],
  ]
  for (const [way, run, expected] of ways) it(`by ${way}`, async () => expect(await told(run)).to.deep.equal(expected))

  const ends: [string, (stream: KeptText) => Promise<unknown>][] = [
    ['an end', stream => losing().run(2, { notifier: { stream } })],
    [
      'an error',
      stream =>
        losing()
          .if(I().eq(2), q => q.call(() => Promise.reject(new Error('no'))))
          .run(2, { notifier: { stream } })
          .catch(() => undefined),
    ],
    [
      'a loop that is left',
      async stream => {
        for await (const _ of losing().genBatch(2, { notifier: { stream } })) break
      },
    ],
    [
      'a signal',
      async stream => {
        const stop = new AbortController()
        const p = losing().call(() => stop.abort())
        await p.run(2, { notifier: { stream }, signal: stop.signal }).catch(() => undefined)
      },
    ],
    [
      'a reset',
      async stream => {
        const p = losing()
        await p.nextBatch(2, { notifier: { stream } })
        p.reset('iterator')
      },
    ],
  ]
  for (const [what, run] of ends) {
    it(`leaves a clean line after ${what}`, async () => {
      const stream = new KeptText(true)
      await run(stream)
      expect(stream.drawings.length).to.be.above(0)
      expect(stream.text).to.match(/[^\n]\n$/)
    })
  }

  it('a watched nextBatch is the same nextBatch: what watches it may change', async () => {
    const p = losing()
    const seen: number[] = []
    await p.nextBatch(2)
    await p.nextBatch(2, { notifier: ({ batch }) => seen.push(batch) })
    await p.nextBatch(2, { notifier: false })
    await p.nextBatch()
    expect(seen).to.deep.equal([2, 3, 4])
  })

  it('what the callback throws ends the run', async () => {
    const failure = new Error('enough')
    const run = losing().run(2, {
      notifier: () => {
        throw failure
      },
    })
    expect(await run.catch(error => error)).to.equal(failure)
  })

  it('a mistake is found before the first batch, with the pipeline', async () => {
    const error = await losing()
      .run(2, { notifier: { variables: ['loses'] } })
      .catch(error => error)
    expect([error.code, error.location.pipeline]).to.deep.equal(['unknown-name', 'fit'])
    expect(error.message).to.include('Did you mean losses?')
  })
})
