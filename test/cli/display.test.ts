import { expect } from 'chai'
import { formatDuration } from '../../src/cli/duration.js'
import { barWidth } from '../../src/cli/run/progress.js'
import { RoundLog } from '../../src/cli/run/round-log.js'

describe('what the command line shows', () => {
  it('durations', () => {
    expect([0.04, 3.25, 12, 59.6, 125, 3600, 3725].map(formatDuration)).to.deep.equal([
      '0 s',
      '3.3 s',
      '12 s',
      '1 min 00 s',
      '2 min 05 s',
      '1 h 00 min',
      '1 h 02 min',
    ])
  })

  it('a bar that leaves room for the losses and the time left', () => {
    const losses = 'resLoss 0.0568  seLoss 0.0583'.length
    expect([120, 80, 40, undefined].map(columns => barWidth(columns, 3, losses))).to.deep.equal([30, 22, 6, 22])
    expect(barWidth(80, 3, 'loss 1.65'.length)).to.equal(30)
  })

  it('losses smoothed, and the time left by rounds after the first', () => {
    let now = 0
    const log = new RoundLog(() => now)
    const round = (iteration: number, loss: number | null) => ({ iteration, planned: 12, values: { 'test.loss': loss }, ms: {} })
    now = 60
    expect(log.describe(round(1, 2))).to.deep.equal({ losses: 'loss 2.00', left: '11 min 00 s left' })
    now = 62
    expect(log.describe(round(2, 1)), 'the first round built the models').to.deep.equal({ losses: 'loss 1.82', left: '20 s left' })
    now = 64
    expect(log.describe(round(3, null)).losses).to.equal('loss 1.82')
    expect(log.describe(round(12, 1)).left).to.equal('')
  })
})
