import { expect } from 'chai'
import { recorded } from '../../src/experiment/run/recorded.js'
import { Recorder } from '../../src/experiment/run/recorder.js'
import { median, Stopwatch } from '../../src/experiment/run/stopwatch.js'
import { Lock, MillraceError, type Pipeline } from '../../src/index.js'
import { ClassificationMetrics, LossMetrics, RegressionMetrics } from '../../src/metrics/index.js'
import { NdArray } from '../../src/util/nd-array.js'

describe('recorded()', () => {
  const metrics = new ClassificationMetrics([0, 1, 2], [0, 1, 1], { fmt: 'labels', numClasses: 3 })
  const pairs = [
    [1, 2],
    [3, 4],
  ]
  const kept: Readonly<Record<string, readonly [value: unknown, recorded: object]>> = {
    'a number': [0.5, { x: 0.5 }],
    'what is not finite': [Number.NaN, { x: null }],
    nothing: [undefined, { x: null }],
    'a string': ['epoch one', { x: 'epoch one' }],
    'a boolean': [false, { x: false }],
    'an integer of 64 bits': [7n, { x: 7 }],
    'an array of one number': [NdArray.from([3]), { x: 3 }],
    'an array of numbers': [NdArray.from(pairs), { x: pairs }],
    'a typed array': [Int32Array.of(5, 6), { x: [5, 6] }],
    'a list': [[1, 'two', true, null, Number.POSITIVE_INFINITY], { x: [1, 'two', true, null, null] }],
    'a list of arrays': [[NdArray.from([1, 2]), NdArray.from([3])], { x: [[1, 2], 3] }],
    'an empty list': [[], { x: null }],
    'a map': [
      { f1: 0.5, parts: { recall: 0.7 } },
      { 'x.f1': 0.5, 'x.parts.recall': 0.7 },
    ],
    'an empty map': [{}, { x: null }],
    'a Map': [new Map([['a', 1]]), { 'x.a': 1 }],
    'a list of maps': [[{ a: 1 }, { a: 2 }], { 'x.0.a': 1, 'x.1.a': 2 }],
    'an array too long to be kept': [
      NdArray.from(Array.from({ length: 2000 }, (_, i) => i)),
      { 'x.count': 2000, 'x.min': 0, 'x.mean': 999.5, 'x.max': 1999 },
    ],
    'a list too long to be kept': [Array(1001).fill('a'), { 'x.count': 1001 }],
    'lists too long together': [Array(600).fill([1, 3]), { 'x.count': 1200, 'x.min': 1, 'x.mean': 2, 'x.max': 3 }],
  }
  for (const [what, [value, expected]] of Object.entries(kept)) {
    it(`keeps ${what}`, () => expect(recorded('x', value)).to.deep.equal(expected))
  }

  for (const [kind, value, name] of [
    ['classification', metrics, 'accuracy'],
    ['regression', new RegressionMetrics([1, 2], [1, 3]), 'mae'],
    ['loss', new LossMetrics(0.5, 10), 'loss'],
  ] as const) {
    it(`names the metrics of ${kind}`, () => {
      const values = recorded('x', value)
      expect(values[`x.${name}`])
        .to.equal((value as any).evaluate(name))
        .and.to.be.a('number')
      for (const key of Object.keys(values)) expect(key).to.match(/^x\.\w+/)
    })
  }

  for (const [what, value] of Object.entries({ 'a function': () => 0, 'a lock': new Lock(), 'a function in a map': { a: () => 0 } })) {
    it(`refuses ${what} by its name`, () => {
      expect(() => recorded('train.x', value)).to.throw(MillraceError, /train\.x(\.a)? cannot be recorded/)
    })
  }
})

describe('Recorder', () => {
  const variables = new Map<string, unknown>()
  const pipelines = { p: { variables } as unknown as Pipeline }
  beforeEach(() => variables.clear())
  const record = (recorder: Recorder, value: unknown) => {
    variables.set('x', value)
    return recorder.record()
  }

  it('of a list that grows takes what each round has added', () => {
    const recorder = new Recorder(pipelines, ['p.x'])
    const list: unknown[] = []
    const add = (...more: unknown[]) => {
      list.push(...more)
      return record(recorder, list)
    }
    const rounds = [add(), add(3), add(2), add(), add(1, 0), add({ a: 1 }), add()]
    expect(rounds).to.deep.equal([
      { 'p.x': null },
      { 'p.x': 3 },
      { 'p.x': 2 },
      { 'p.x': 2 },
      { 'p.x': [1, 0] },
      { 'p.x.a': 1 },
      { 'p.x.a': 1 },
    ])
    expect(recorder.series).to.deep.equal({
      'p.x': [null, 3, 2, 2, [1, 0], null, null],
      'p.x.a': [null, null, null, null, null, 1, 1],
    })
  })

  it('of a list that is replaced takes all of it', () => {
    const recorder = new Recorder(pipelines, ['p.x'])
    expect([record(recorder, [1, 2]), record(recorder, [3, 4, 5]), record(recorder, [6])]).to.deep.equal([
      { 'p.x': [1, 2] },
      { 'p.x': [3, 4, 5] },
      { 'p.x': 6 },
    ])
  })

  it('has a series for each key of a map, from the first round on', () => {
    const recorder = new Recorder(pipelines, ['p.x'])
    for (const value of [null, { a: 1 }, { a: 2, b: 'text' }]) record(recorder, value)
    expect(recorder.series).to.deep.equal({ 'p.x.a': [null, 1, 2], 'p.x.b': [null, null, 'text'] })
  })

  it('takes one key of a map, or one metric', () => {
    const recorder = new Recorder(pipelines, ['p.x.a'])
    expect([record(recorder, null), record(recorder, { a: 1, b: 2 })]).to.deep.equal([{ 'p.x.a': null }, { 'p.x.a': 1 }])
  })

  it('continues from its state as if it had not stopped', () => {
    const list = [1]
    const first = new Recorder(pipelines, ['p.x'])
    record(first, list)
    list.push(2)
    record(first, list)
    const restored = () => {
      const recorder = new Recorder(pipelines, ['p.x'])
      recorder.restore(JSON.parse(JSON.stringify(first.state)))
      return recorder
    }
    expect(record(restored(), [...list])).to.deep.equal({ 'p.x': 2 })
    const recorder = restored()
    expect(record(recorder, [...list, 3])).to.deep.equal({ 'p.x': 3 })
    expect(recorder.series).to.deep.equal({ 'p.x': [1, 2, 3] })
  })
})

describe('Stopwatch', () => {
  it('gives the median and the number of batches of each pipeline', async () => {
    const stopwatch = new Stopwatch()
    expect(await stopwatch.time('a', async () => 7)).to.equal(7)
    await stopwatch.time('a', async () => 8)
    const noBatch = await stopwatch.time(
      'a',
      async () => 9,
      value => value < 9,
    )
    expect(noBatch).to.equal(9)
    expect(stopwatch.timing().a).to.include({ batches: 2 })
  })

  it('median', () => {
    expect(median([])).to.equal(0)
    expect(median([3, 1, 2])).to.equal(2)
    expect(median([4, 1, 2, 3])).to.equal(2.5)
  })
})
