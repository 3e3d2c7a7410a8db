import { expect } from 'chai'
import { EMPTY, lastValueFrom, take, tap, toArray } from 'rxjs'
import { numbers } from '../../support/numbers.js'

/** A dataset that counts the batches made. */
function counted(length: number) {
  const data = numbers(length)
  const create = data.batchByPos.bind(data)
  const count = { made: 0 }
  data.batchByPos = positions => {
    count.made++
    return create(positions)
  }
  return { data, count }
}

const wait = (ms = 1) => new Promise(resolve => setTimeout(resolve, ms))

describe('pulling batches', () => {
  for (const prefetch of [0, 1, 4]) {
    it(`with prefetch ${prefetch} at most that many batches are loaded beyond the one given out`, async () => {
      const { data, count } = counted(1000)
      let given = 0
      for await (const _ of data.p.genBatch(1, { prefetch })) {
        given++
        await wait(0)
        expect(count.made).to.be.at.most(given + prefetch)
        if (given === 20) break
      }
    })
  }

  it('leaving the loop ends the run', async () => {
    const { data, count } = counted(1000)
    for await (const _ of data.p.genBatch(1)) break
    await wait(5)
    expect(count.made).to.equal(1)
  })

  it('an Observable does not run ahead of slow work, and keeps the order', async () => {
    for (const lookAhead of [0, 2]) {
      const { data, count } = counted(12)
      let done = 0
      let most = 0
      const results = await lastValueFrom(
        data.p
          .batches$({ batchSize: 1, lookAhead }, async batch => {
            most = Math.max(most, count.made - done)
            await wait(batch.x.data[0]! % 3)
            done++
            return batch.x.data[0]!
          })
          .pipe(toArray()),
      )
      expect(results).to.deep.equal(Array.from({ length: 12 }, (_, i) => i))
      expect(most).to.be.at.most(1 + lookAhead)
    }
  })

  it('unsubscribing stops an Observable', async () => {
    const { data, count } = counted(1000)
    await lastValueFrom(data.p.batches$({ batchSize: 1 }).pipe(take(3), toArray()))
    await wait(5)
    expect(count.made).to.be.at.most(4)
  })

  it("an Observable emits all that the work on a batch gives, and obeys the caller's signal", async () => {
    const twice = numbers(4).p.batches$({ batchSize: 2 }, batch => [batch.x.data[0], batch.x.data[1]])
    expect(await lastValueFrom(twice.pipe(toArray()))).to.deep.equal([0, 1, 2, 3])
    expect(
      await lastValueFrom(
        numbers(4)
          .p.batches$({ batchSize: 2 }, () => EMPTY)
          .pipe(toArray()),
      ),
    ).to.deep.equal([])
    const stop = new AbortController()
    const seen: number[] = []
    const endless = numbers(4).p.batches$({ batchSize: 2, epochs: null, signal: stop.signal }, batch => [batch.length])
    const error = await lastValueFrom(endless.pipe(tap(length => seen.push(length) === 3 && stop.abort()))).catch(reason => reason)
    expect([seen.length, error.name]).to.deep.equal([3, 'AbortError'])
  })

  it('timers and signals have their turn in a run that waits for nothing', async () => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 5)
    const error = await numbers(4)
      .p.run(2, { epochs: null, signal: stop.signal })
      .catch(reason => reason)
    expect(error.name).to.equal('AbortError')
  })

  it('an error of the work or of an action reaches the subscriber', async () => {
    const failing = numbers(5).p.batches$({ batchSize: 1 }, batch => {
      if (batch.x.data[0] === 2) throw new Error('no')
      return [1]
    })
    let seen: unknown
    await lastValueFrom(failing).catch(error => {
      seen = error
    })
    expect(String(seen)).to.match(/no/)
  })

  it('a signal stops a run between batches', async () => {
    const stop = new AbortController()
    const { data, count } = counted(100)
    const p = data.p.call(() => count.made === 3 && stop.abort())
    let error: unknown
    await p.run(1, { signal: stop.signal }).catch((reason: unknown) => {
      error = reason
    })
    expect((error as Error).name).to.equal('AbortError')
    expect(count.made).to.equal(3)
  })

  it('frees what batches hold when the next one is asked for', async () => {
    let held = 0
    const tensor = () => {
      held++
      return Object.assign(['a', 'b'], { dispose: () => held-- })
    }
    const most: number[] = []
    const p = numbers(10).p.call((batch: any) => batch.set('tensor', tensor()))
    for await (const _ of p.genBatch(2)) most.push(held)
    expect(most).to.deep.equal([1, 1, 1, 1, 1])
    expect(held).to.equal(0)
  })
})
