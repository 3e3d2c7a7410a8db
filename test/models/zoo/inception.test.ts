/** SqueezeNet, the Inception networks and Xception: their sizes, and keys that change all of them. No TensorFlow. */
import { expect } from 'chai'
import { models } from '../../../src/models.js'

const names = ['SqueezeNet', 'SqueezeNet11', 'InceptionV1', 'InceptionV3', 'InceptionV4', 'InceptionResNetV2', 'Xception'] as const
type Name = (typeof names)[number]

const configOf = (size: number, more: object = {}) => ({
  inputs: { images: { shape: [size, size, 3] }, labels: { classes: 10, name: 'targets' } },
  ...more,
})
const describeAt = (name: Name, size: number, more: object = {}) => models[name].describe(configOf(size, more))
const small = { stem: 'small' }
const sizesOf = (name: Name, size: number, more: object = {}) => {
  const blocks = describeAt(name, size, more).layers.filter(({ path }) => /^body\/group-\d+\/block/.test(path))
  return [...new Map(blocks.map(({ path, shape }) => [path.split('/')[1], shape[0]])).values()]
}

describe('networks of branches', () => {
  const sizes: readonly (readonly [Name, readonly number[]])[] = [
    // The number of positions along an axis after each group, for the published image.
    ['InceptionV1', [28, 14, 7]],
    ['InceptionV3', [35, 17, 8]],
    ['InceptionV4', [71, 35, 17, 8]],
    ['InceptionResNetV2', [35, 17, 8]],
    ['Xception', [74, 37, 19, 10]],
    ['SqueezeNet', [56, 28, 14]],
    ['SqueezeNet11', [56, 28, 14]],
  ]
  for (const [name, wanted] of sizes) {
    it(`${name} has the published sizes`, () => expect(sizesOf(name, models[name].row.published.shape[0]!)).to.deep.equal(wanted))
  }

  const least: readonly (readonly [Name, size: number, small: number])[] = [
    ['InceptionV3', 75, 7],
    ['InceptionV4', 75, 13],
    ['InceptionResNetV2', 75, 7],
    ['Xception', 7, 1],
  ]
  for (const [name, size, smallSize] of least) {
    it(`${name} takes images of ${size}×${size}, of ${smallSize}×${smallSize} with a small stem, no smaller ones`, () => {
      for (const [one, more] of [
        [size, {}],
        [smallSize, small],
      ] as const) {
        expect(models[name].checkConfig(configOf(one, more)).errors).to.deep.equal([])
        if (one > 1)
          expect(models[name].checkConfig(configOf(one - 1, more)).errors[0]!.what).to.match(/nothing is left|branches have the shapes/)
      }
    })
  }

  for (const name of names) {
    describe(name, () => {
      const base = () => describeAt(name, 32, small)

      it('is narrower by width_factor, everywhere', () => {
        const half = describeAt(name, 32, { ...small, 'body/width_factor': 0.5 })
        const convolutions = ({ layers }: ReturnType<typeof base>) =>
          layers.filter(({ kind }) => kind === 'conv').map(({ shape }) => shape.at(-1)!)
        const [all, narrow] = [convolutions(base()), convolutions(half)]
        expect(narrow).to.have.lengthOf(all.length)
        const widths = all.map((width, i) => [width, narrow[i]!] as const).filter(([width]) => width > 10)
        for (const [width, halved] of widths) expect(halved).to.be.within(width * 0.45, width * 0.55 + 8)
      })

      it('is deeper and shallower by depth_factor', () => {
        const count = (factor: number) => describeAt(name, 32, { ...small, 'body/depth_factor': factor }).countParameters()
        expect(count(1)).to.equal(base().countParameters())
        expect(count(2)).to.be.above(count(1))
        expect(count(0.5)).to.be.below(count(1))
      })

      it('has an attention at the end of each block by one key', () => {
        const attended = describeAt(name, 32, { ...small, 'common/attention': 'se' })
        const blocks = new Set(attended.fetchNames.filter(path => /^body\/group-\d+\/block-\d+$/.test(path)))
        const ses = attended.fetchNames.filter(path => /^body\/group-\d+\/block-\d+\/se$/.test(path))
        expect(ses).to.have.lengthOf(blocks.size)
        const shapes = new Map(attended.layers.map(({ path, shape }) => [path, shape]))
        for (const { path, shape } of base().layers) expect(shapes.get(path), path).to.deep.equal(shape)
        const added = ses.reduce((sum, path) => {
          const channels = shapes.get(`${path}/scale`)!.at(-1)!
          const units = Math.max(1, Math.floor(channels / 16))
          return sum + 2 * channels * units + units + channels
        }, 0)
        expect(attended.countParameters()).to.equal(base().countParameters() + added)
      })

      it('keeps its positions from output_stride on, and its weights', () => {
        const size = models[name].row.published.shape[0]!
        const dilated = { 'body/output_stride': 8 }
        const at = sizesOf(name, size).find(length => length! <= Math.ceil(size / 8))!
        expect(sizesOf(name, size, dilated).at(-1)).to.equal(at)
        expect(describeAt(name, size, dilated).countParameters()).to.equal(describeAt(name, size).countParameters())
      })
    })
  }
})
