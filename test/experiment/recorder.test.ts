import { expect } from 'chai'
import { newestNumber, Recorder } from '../../src/experiment/run/recorder.js'
import { median, Stopwatch } from '../../src/experiment/run/stopwatch.js'
import type { Pipeline } from '../../src/index.js'
import { NdArray } from '../../src/util/nd-array.js'

describe('Recorder', () => {
  it('takes the last number of what a variable holds', () => {
    expect(newestNumber([3, 2, 1])).to.equal(1)
    expect(newestNumber(0.5)).to.equal(0.5)
    expect(newestNumber(NdArray.from([1, 2]))).to.equal(2)
    for (const nothing of [[], null, undefined, Number.NaN, Number.POSITIVE_INFINITY, 'text']) expect(newestNumber(nothing)).to.equal(null)
  })

  it('names series by their variable alone where no other pipeline has one of that name', () => {
    const pipeline = { v: () => 1 } as unknown as Pipeline
    const recorder = new Recorder({ a: pipeline, b: pipeline }, ['a.loss', 'b.loss', 'b.rate'])
    recorder.record()
    expect(recorder.byName()).to.deep.equal({ 'a.loss': [1], 'b.loss': [1], rate: [1] })
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
