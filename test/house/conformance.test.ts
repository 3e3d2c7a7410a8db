import { expect } from 'chai'
import { filesIn, read } from './sources.js'

/** BatchFlow's own tests that concern data, expressions, pipelines, models and metrics, by section and number. */
const vectors = {
  I1: [1, 2, 3, 4, 5, 6, 7, 8, 10, 13],
  I2: [15, 16, 17, 18, 19, 22],
  I3: [23, 25],
  I4: [26, 27, 28, 29, 30],
  I5: [32, 33, 34, 35, 36, 37, 38, 39, 40],
  I6: [43, 44, 45],
  I7: [46, 47, 48, 49, 50],
}

describe('house: conformance', () => {
  it('each of BatchFlow’s vectors is a test of its name', () => {
    const text = filesIn('test', /\.test\.ts$/)
      .map(read)
      .join()
    const names = Object.entries(vectors).flatMap(([section, numbers]) => numbers.map(number => `${section}.${number}`))
    expect(names.filter(name => !new RegExp(`\\b${name}\\b`).test(text))).to.deep.equal([])
  })

  it('each of its pain points has a test that is named for it', () => {
    const files = filesIn('test/pain-points', /\.test\.ts$/)
    for (let point = 1; point <= 45; point++) {
      const own = files.filter(file => file.includes(`/${String(point).padStart(2, '0')}-`))
      expect(own, `J${point}`).not.to.deep.equal([])
      for (const file of own) expect(read(file), file).to.match(new RegExp(`describe\\(\\s*['"\`]J0?${point}: `))
    }
  })
})
