import { expect } from 'chai'
import { classMeans, spreadBetween } from '../../../src/report/statistics/class-means.js'
import { toRows } from '../../../src/report/values.js'
import { reference } from '../support/reference.js'

describe('classMeans', () => {
  const { rows, labels, means, spread } = reference.classes
  const ours = classMeans(toRows(rows), labels)

  it('equal pandas', () => {
    expect(ours.map(({ label, count }) => ({ label, count }))).to.deep.equal(means.map(({ label, count }) => ({ label, count })))
    ours.forEach(({ values }, i) => {
      values.forEach((value, j) => {
        expect(value).to.be.closeTo(means[i]!.values[j]!, 1e-12)
      })
    })
  })

  it('are as far apart as numpy says', () => expect(spreadBetween(ours.map(({ values }) => values))).to.be.closeTo(spread, 1e-12))
})
