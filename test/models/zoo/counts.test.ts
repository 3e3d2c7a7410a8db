import { expect } from 'chai'
import { checkConfig } from '../../../src/models/config/check-config.js'
import { rowDefaults } from '../../../src/models/zoo/complete-config.js'
import { listRows, models, type ZooName } from '../../../src/models.js'
import { inputsOf } from './facts.js'
import { ownCounts, referenceCounts, withoutCounts } from './reference-counts.js'

const counts = { ...referenceCounts, ...ownCounts }

describe('the rows of the zoo', () => {
  for (const [name, model] of Object.entries(models)) {
    const { published, family } = model.row
    const { shape, classes } = published
    if (!withoutCounts.has(name)) {
      it(`${name} has as many parameters as published, for ${shape.join('×')} and ${classes} classes`, () => {
        const { countParameters } = model.describe({ inputs: inputsOf(name as ZooName, shape, classes) })
        expect(counts[name], `a count of ${name} in test/models/zoo/reference-counts.ts`).to.be.a('number')
        expect(countParameters()).to.equal(counts[name])
      })
    }

    it(`${name} sets what a config may set`, () => {
      const { errors } = checkConfig(family.shape.keys, rowDefaults(model.row).toJSON())
      expect(errors).to.deep.equal([])
      for (const preset of [family.smallStem, ...Object.values(family.likes)]) {
        expect(checkConfig(family.shape.keys, preset).errors).to.deep.equal([])
      }
    })
  }

  it('are listed with these counts, or with what they need', () => {
    for (const { name, parameters, needs } of listRows()) {
      if (withoutCounts.has(name)) expect(needs, name).to.deep.equal(['body/num_blocks'])
      else expect(parameters, name).to.equal(counts[name])
    }
  })

  it('have all counts that are known', () => {
    expect(Object.keys(models)).to.include.members(Object.keys(counts))
  })
})
