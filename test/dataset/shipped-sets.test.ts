/** The sets that are part of the package: their values, how they are split, and that a model takes their shapes and classes. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { expect } from 'chai'
import { B, type NdArray, V } from '../../src/index.js'
import { Network } from '../../src/models.js'
import { breastCancer, digits, iris, opensets, wine } from '../../src/opensets.js'
import { rejectionOf } from './error-of.js'

const folder = new URL('../../data/', import.meta.url)

/** How often each class occurs. */
const countsOf = (labels: NdArray) => {
  const counts: number[] = []
  for (const label of labels.data) counts[label] = (counts[label] ?? 0) + 1
  return counts
}
const meansOf = ({ data, shape: [rows, columns] }: NdArray) =>
  Array.from({ length: columns! }, (_, column) => {
    let sum = 0
    for (let row = 0; row < rows!; row++) sum += data[row * columns! + column]!
    return sum / rows!
  })

/** Counts and means of the first columns as the repository's pages and scikit-learn's descriptions state them. */
const tables = {
  iris: { open: iris, shape: [150, 4], counts: [50, 50, 50], means: [5.84, 3.06, 3.76, 1.2], first: [5.1, 3.5, 1.4, 0.2] },
  wine: { open: wine, shape: [178, 13], counts: [59, 71, 48], means: [13.0, 2.34, 2.36, 19.5], first: [14.23, 1.71, 2.43, 15.6] },
  breastCancer: {
    open: breastCancer,
    shape: [569, 30],
    counts: [212, 357],
    means: [14.127, 19.29, 91.969, 654.889],
    first: [17.99, 10.38, 122.8, 1001],
  },
}

for (const [name, { open, shape, counts, means, first }] of Object.entries(tables)) {
  describe(`the shipped set ${name}`, () => {
    it('has the items, classes and means that are known of it', async () => {
      const data = await open({ shuffle: false })
      const [features, labels] = [data.get('features')!, data.get('labels')!]
      expect([data.name, features.dtype, features.shape, labels.dtype, countsOf(labels)]).to.deep.equal([
        name,
        'float32',
        shape,
        'uint8',
        counts,
      ])
      for (const [column, mean] of means.entries()) expect(meansOf(features)[column]! / mean, `${column}`).to.be.closeTo(1, 0.005)
      expect(Array.from(features.data.slice(0, 4))).to.deep.equal(Array.from(Float32Array.from(first)))
      expect(data.attributes.classes).to.equal(counts.length)
      expect(data.attributes.classNames).to.have.length(counts.length)
      expect(data.attributes.featureNames).to.have.length(shape[1]!)
    })

    it('is split by share and seed, with every class in both parts', async () => {
      const data = await open({ train: 0.75 })
      expect(data.train.length + data.test.length).to.equal(shape[0])
      expect(data.train.length / shape[0]!).to.be.closeTo(0.75, 0.01)
      expect(countsOf(data.test.get('labels')!).filter(count => count > 0)).to.have.length(counts.length)
      expect((await open({ train: 0.75, shuffle: 1 })).train.index.ids).not.to.deep.equal(data.train.index.ids)
      expect((await rejectionOf(open({ train: 2 }))).code).to.equal('wrong-value')
    })

    it('says in a file what its batches are', () => {
      const row = opensets[name as keyof typeof tables]
      expect([row.itemShapes(), row.classes()]).to.deep.equal([{ features: [shape[1]], labels: [] }, counts.length])
    })
  })
}

describe('the shipped set digits', () => {
  it('has 1,797 images of 8 x 8 with values up to 16', async () => {
    const data = await digits({ shuffle: false })
    const images = data.get('images')!
    expect([images.dtype, images.shape, Math.max(...images.data), data.attributes.classes]).to.deep.equal([
      'uint8',
      [1797, 8, 8, 1],
      16,
      10,
    ])
    expect(countsOf(data.get('labels')!)).to.deep.equal([178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
    expect(Array.from(images.data.slice(0, 8))).to.deep.equal([0, 0, 5, 13, 9, 1, 0, 0])
  })
})

describe('the shipped sets', () => {
  it('take little room, and their licences are beside them', () => {
    const files = readdirSync(folder)
    const bytes = files.map(file => statSync(new URL(file, folder)).size).reduce((sum, size) => sum + size, 0)
    expect(bytes).to.be.below(200_000)
    const licences = readFileSync(new URL('LICENCES.md', folder), 'utf8')
    const data = files.filter(file => /\.(csv|gz)$/.test(file))
    expect(data).to.have.length(5)
    expect(data.filter(file => !licences.includes(file.replace(/^digits-.*/, 'digits-*.gz')))).to.deep.equal([])
  })

  it('are learned by a dense network, which takes shapes and classes from them', async () => {
    const data = await iris()
    const training = data.train.p
      .normalize({ src: 'features', scale: 8 })
      .initModel('dynamic', Network, 'net', {
        config: {
          'initial_block/inputs': 'features',
          body: { layout: 'fa', units: 16 },
          'head/layout': 'f',
          loss: 'ce',
          optimizer: { name: 'Adam', learningRate: 0.05 },
        },
      })
      .initVariable('losses', { default: [] as number[] })
      .trainModel('net', { feed: { features: B.features, labels: B.labels }, fetches: 'loss', saveTo: V('losses'), mode: 'append' })
    await training.run(30, { epochs: 10, shuffle: 1, seed: 1 })
    const losses = training.v('losses') as number[]
    expect(losses.at(-1)!).to.be.below(losses[0]! / 2)
  })
})
