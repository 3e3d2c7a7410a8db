import { expect } from 'chai'
import { B, C, I, MillraceError, V } from '../../../src/index.js'
import { Linear } from '../../support/linear-model.js'
import { numbers } from '../../support/numbers.js'

async function errorOf(work: () => unknown): Promise<MillraceError> {
  try {
    await work()
  } catch (error) {
    expect(error).to.be.instanceOf(MillraceError)
    return error as MillraceError
  }
  throw new Error('nothing was thrown')
}

describe('errors of a running pipeline', () => {
  it('name the pipeline, the action by number and name, the batch, and the line that was written', async () => {
    const p = numbers()
      .p.named('fit')
      .initVariable('n', { default: 0 })
      .call((batch: any) => {
        if (batch.x.data[0] === 4) throw new RangeError('too far')
      })
    const error = await errorOf(() => p.run(2))
    expect(error.code).to.equal('action-failed')
    expect(error.location).to.deep.include({ pipeline: 'fit', action: { number: 2, name: 'call' }, batch: 3 })
    expect(error.location.source?.file).to.match(/errors\.test\.ts$/)
    expect(error.location.source?.line).to.equal(21)
    expect(error.cause).to.be.instanceOf(RangeError)
    expect(error.message).to.match(/^pipeline fit, action 2 \(call\), batch 3, .*errors\.test\.ts:21:\d+: too far\.$/)
  })

  const cases: [string, () => unknown, string, RegExp][] = [
    // @ts-expect-error no such variable
    ['an unknown variable', () => numbers().p.initVariable('losses').update(V('loses'), 1).run(2), 'unknown-name', /Did you mean losses\?/],
    // @ts-expect-error no such component
    ['an unknown component', () => numbers().p.initVariable('v').update(V('v'), B.z).run(2), 'unknown-name', /no component called z.*x, y/],
    [
      'an unknown model',
      () =>
        numbers()
          .p.trainModel('line', { feed: { x: B('x') } })
          .run(2),
      'not-initialised',
      /model line is never initialised.*initModel or importModel/,
    ],
    ['a missing config path', () => numbers().p.initVariable('v').update(V('v'), C('a/b')).run(2), 'unknown-name', /a\/b/],
    [
      'a batch in a static config',
      () =>
        numbers()
          .p.initModel('static', Linear, 'l', { config: { n: B('x') } as Record<string, unknown> })
          .run(2),
      'no-batch',
      /dynamic/,
    ],
    [
      'appending to a number',
      () => numbers().p.initVariable('v', { default: 0 }).update(V('v'), 1, { mode: 'append' }).run(2),
      'cannot-append',
      /default: \[\]/,
    ],
    ['saving into a sum', () => numbers().p.initVariable('v').update(V('v').add(1), 1).run(2), 'not-a-destination', /V\('v'\) \+ 1/],
    [
      'more places than fetches',
      () =>
        numbers()
          .p.initVariable('a')
          .initModel('static', Linear, 'l')
          .predictModel('l', { fetches: 'loss', feed: { x: B('x'), y: B('y') }, saveTo: [V('a'), V('a')] })
          .run(2),
      'save-counts',
      /1 fetched values cannot be saved to 2 destinations/,
    ],
    [
      'a model of a pipeline that never ran',
      () =>
        numbers()
          .p.importModel('l', numbers().p.initModel('dynamic', Linear, 'l').named('fit'))
          .run(2),
      'model-not-built',
      /first batch of fit/,
    ],
    [
      'shapes that do not match',
      () =>
        numbers()
          .p.initVariable('v')
          .update(V('v'), B('x').add([1, 2, 3]))
          .run(2),
      'expression-failed',
      /shapes/,
    ],
    ['the ratio of an endless run', () => numbers().p.initVariable('v').update(V('v'), I('ratio')).nextBatch(2), 'wrong-value', /endless/],
    ['nextBatch without a size', () => numbers().p.nextBatch(), 'no-batch-size', /nextBatch\(300/],
    ['a wrong seed', () => numbers().p.run(2, { seed: -1 }), 'wrong-value', /seed/],
    // @ts-expect-error no model
    ['something that is no model', () => numbers().p.initModel('static', { not: 'a model' }, 'l').run(2), 'wrong-value', /tf\.LayersModel/],
    // @ts-expect-error it may be a value or options
    ['an empty object as a first value', () => numbers().p.initVariable('n', {}), 'wrong-value', /\{ default: value \}/],
    // @ts-expect-error it may be a value or what makes it
    ['a function as a first value', () => numbers().p.initVariable('n', () => 5), 'wrong-value', /initOnEachRun/],
    // @ts-expect-error options are named
    ['a number in place of options of a call', () => numbers().p.call(() => 1, 5), 'wrong-value', /named options/],
    // @ts-expect-error options are named
    ['a number in place of options of a batch action', () => numbers().p.scaleX(5), 'wrong-value', /named options/],
    // @ts-expect-error no model class
    ['a list in place of a model class', () => numbers().p.initModel('dynamic', [], 'l'), 'wrong-value', /tf\.LayersModel/],
  ]
  for (const [name, work, code, pattern] of cases) {
    it(name, async () => {
      const error = await errorOf(work)
      expect(error.code, error.message).to.equal(code)
      expect(error.message).to.match(pattern)
    })
  }

  it('mistakes in names are told together, before the first batch', async () => {
    let calls = 0
    const p = numbers()
      .p.call(() => calls++)
      .initVariable('sum')
      // @ts-expect-error no such variable
      .update(V('some'), 1)
      .predictModel('line', { fetches: 'loss', feed: { x: B('x') }, saveTo: V('sum') })
    const error = await p.run(2).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(error).to.be.instanceOf(AggregateError)
    expect((error as AggregateError).errors.map(({ code, location }) => [code, location.action.number])).to.deep.equal([
      ['unknown-name', 3],
      ['not-initialised', 4],
    ])
    expect(calls).to.equal(0)
  })

  it('a component that a function of the user sets is known after it', async () => {
    const p = numbers()
      .p.initVariable('sum')
      .call((batch: any) => batch.set('tripled', batch.x.cast('float32', 3)))
      .update(V('sum'), B('tripled' as any).at(1))
    await p.run(5)
    expect(p.v('sum')).to.equal(18)
  })

  it('nextBatch refuses other options than it began with, and says when the data is at its end', async () => {
    const p = numbers(4).p
    await p.nextBatch(2, { epochs: 1 })
    expect((await errorOf(() => p.nextBatch(3))).code).to.equal('changed-options')
    await p.nextBatch(2, { epochs: 1 })
    const end = await errorOf(() => p.nextBatch())
    expect(end.code).to.equal('end-of-data')
    expect(end.message).to.match(/all 2 have been taken/)
    p.reset('iterator')
    expect((await p.nextBatch(3)).length).to.equal(3)
  })

  it('a failure of nextBatch costs its batch only: the next call goes on behind it', async () => {
    for (const prefetch of [0, 2]) {
      const seen: number[] = []
      const p = numbers(8).p.call((batch: any) => {
        if (batch.x.data[0] === 2) throw new Error('once')
      })
      for (let i = 0; i < 4; i++) {
        const batch = await p.nextBatch(2, { epochs: 1, prefetch }).catch(error => void expect(error.location.batch).to.equal(2))
        if (batch) seen.push(batch.x.data[0]!)
      }
      expect(seen).to.deep.equal([0, 4, 6])
      expect((await errorOf(() => p.nextBatch())).code).to.equal('end-of-data')
    }
  })

  it('a pipeline that imported a model too early goes on once the model is there', async () => {
    const fit = numbers().p.initModel('dynamic', Linear, 'l')
    const test = numbers().p.importModel('l', fit)
    expect((await errorOf(() => test.nextBatch(2))).code).to.equal('model-not-built')
    await fit.nextBatch(2)
    expect((await test.nextBatch(2)).length).to.equal(2)
  })

  it('what is declared and not there yet is told from what is misspelt', async () => {
    const p = numbers().p.named('fit').initVariable('losses', { default: [] }).initModel('dynamic', Linear, 'line')
    const early = await errorOf(() => p.m('line'))
    expect([early.code, early.location.pipeline]).to.deep.equal(['not-yet', 'fit'])
    // @ts-expect-error no such variable
    expect((await errorOf(() => p.v('loses'))).message).to.match(/^pipeline fit: .*Did you mean losses\?/)
  })

  it('wrong options name the pipeline', async () => {
    for (const options of [{ seed: -1 }, { shuffle: 'yes' as never }, { epochs: 1, iterations: 2 }]) {
      expect((await errorOf(() => numbers().p.named('fit').run(2, options))).location.pipeline).to.equal('fit')
    }
    expect((await errorOf(() => numbers().p.named('fit').run(99))).location.pipeline).to.equal('fit')
  })

  it('an AbortError nobody asked for is an error like any other', async () => {
    const p = numbers().p.call(() => {
      throw new DOMException('the request was given up', 'AbortError')
    })
    expect((await errorOf(() => p.run(2))).code).to.equal('action-failed')
  })

  it('a batch that fails to load fails at its own turn, with prefetch too', async () => {
    const data = numbers(10)
    const create = data.batchByPos.bind(data)
    data.batchByPos = positions => {
      if (positions[0] === 4) throw new Error('this item is broken')
      return create(positions)
    }
    for (const prefetch of [0, 3]) {
      const seen: number[] = []
      let failure: unknown
      try {
        for await (const batch of data.p.genBatch(2, { prefetch })) seen.push(batch.x.data[0]!)
      } catch (error) {
        failure = error
      }
      expect(seen).to.deep.equal([0, 2])
      expect(String(failure)).to.match(/pipeline pipeline, batch 3: .*this item is broken/)
    }
  })
})
