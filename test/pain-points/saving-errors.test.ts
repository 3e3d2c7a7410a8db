import { expect } from 'chai'
import { B, V } from '../../src/index.js'
import { Linear } from '../support/linear-model.js'
import { numbers } from '../support/numbers.js'

/** A pipeline whose third action saves what a model gives. */
const predicting = (fetches: string | readonly string[], saveTo: object) =>
  numbers(4)
    .p.initVariable('a')
    .initModel('dynamic', Linear, 'line')
    .predictModel('line', { fetches, feed: { x: B('x'), y: B('y') }, saveTo: saveTo as never })

describe('an error in saving names the action, the outputs and the destinations', () => {
  const cases: [string, string | readonly string[], object, RegExp][] = [
    [
      'two outputs, one place',
      ['loss', 'predictions'],
      [V('a')],
      /2 fetched values cannot be saved to 1 destinations.*fetches loss, predictions/,
    ],
    ['one output, two places', ['loss'], [V('a'), V('a')], /1 fetched values cannot be saved to 2 destinations.*fetches loss/],
    [
      'a place for an output that is not fetched',
      ['loss'],
      { loss: V('a'), predictions: V('a') },
      /among \{ loss: V\('a'\), predictions: V\('a'\) \}.*Seen: an object with loss\..*loss, predictions/,
    ],
  ]
  for (const [name, fetches, saveTo, pattern] of cases) {
    it(name, async () => {
      const error: Error = await predicting(fetches, saveTo)
        .nextBatch(2)
        .then(
          () => expect.fail('it was saved'),
          reason => reason,
        )
      expect(error.message)
        .to.match(/action 3 \(predictModel\), batch 1/)
        .and.to.match(pattern)
    })
  }

  it('an object of places takes the outputs by their names', async () => {
    const p = predicting(['predictions', 'loss'], { loss: V('a') })
    await p.nextBatch(2)
    expect(p.v('a')).to.be.a('number')
  })
})
