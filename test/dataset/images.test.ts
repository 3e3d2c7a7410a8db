import { expect } from 'chai'
import { ImagesBatch } from '../../src/dataset/images/images-batch.js'
import { PerItem } from '../../src/pipeline/index.js'
import { type DType, NdArray } from '../../src/util/nd-array.js'
import { rejectionOf } from './error-of.js'

type Name = keyof typeof ImagesBatch.actions
const row = (values: readonly number[], dtype: DType = 'float32') => NdArray.from([[values]], dtype)
const ramp = (height: number, width: number, dtype: DType = 'float32') =>
  NdArray.from(
    Array.from({ length: height * width }, (_, i) => i + 1),
    dtype,
  ).reshape([1, height, width])

async function apply(name: Name, images: NdArray, options: object, seed = 0): Promise<NdArray> {
  const batch = ImagesBatch.fromData({ images })
  await ImagesBatch.actions[name].apply(batch, options as never, { seed })
  return batch.images
}
const onRow = async (name: Name, values: readonly number[], options: object, dtype?: DType) =>
  Array.from((await apply(name, row(values, dtype), options)).data, value => Math.round(value * 1e4) / 1e4)

describe('actions on images', () => {
  const rows: readonly (readonly [string, Name, readonly number[], object, readonly number[], DType?])[] = [
    ['invert: uint8', 'invert', [0, 5, 255], {}, [255, 250, 0], 'uint8'],
    ['invert: floats', 'invert', [0, 0.25, 1], {}, [1, 0.75, 0]],
    ['invert: int8 ends change places', 'invert', [-128, 0, 127], {}, [127, -1, -128], 'int8'],
    ['clip', 'clip', [-1, 5, 300], {}, [0, 5, 255]],
    ['clip: limits of its own', 'clip', [-1, 5, 300], { low: 2, high: 7.5 }, [2, 5, 7.5]],
    ['multiply: rounds and stays within uint8', 'multiply', [1, 3, 200], { multiplier: 1.5 }, [2, 5, 255], 'uint8'],
    ['multiply: a negative factor', 'multiply', [1, 3], { multiplier: -1 }, [0, 0], 'uint8'],
    ['multiply: floats are free', 'multiply', [1, -3], { multiplier: 1.5 }, [1.5, -4.5]],
    ['multiply: clip keeps floats within 0 … 1', 'multiply', [1, -3, 0.5], { multiplier: 1.5, clip: true }, [1, 0, 0.75]],
    ['add', 'add', [1, 250], { term: 10 }, [11, 255], 'uint8'],
    ['add: int16', 'add', [-32768, 32767], { term: -1.5 }, [-32768, 32766], 'int16'],
    ['flip: twice the same is what it was', 'flip', [1, 2, 3], { mode: 'ud' }, [1, 2, 3]],
    ['shift: fill', 'shift', [1, 2, 3], { offset: [0, 1], fill: 9 }, [9, 1, 2]],
    ['shift: wrap', 'shift', [1, 2, 3], { offset: [5, -1], mode: 'wrap' }, [2, 3, 1]],
    ['shift: all the way out', 'shift', [1, 2, 3], { offset: [0, 7] }, [0, 0, 0]],
    ['cutout', 'cutout', [1, 2, 3, 4], { origin: [0, 1], shape: [1, 2], color: 7 }, [1, 7, 7, 4]],
    ['cutout: what falls outside is left out', 'cutout', [1, 2, 3, 4], { origin: [-1, 3], shape: 2, color: 7 }, [1, 2, 3, 7]],
    ['crop: a part of the free places', 'crop', [1, 2, 3, 4], { origin: [0, 0.5], shape: [1, 2] }, [2, 3]],
    ['crop: center', 'crop', [1, 2, 3, 4], { origin: 'center', shape: [1, 2] }, [2, 3]],
    ['crop: bottom right', 'crop', [1, 2, 3, 4], { origin: 'bottom_right', shape: 1 }, [4]],
    ['crop: fill outside', 'crop', [1, 2], { shape: [1, 4], fill: 300 }, [1, 2, 255, 255], 'uint8'],
    ['crop: cut at the borders', 'crop', [1, 2], { origin: [-1, 1], shape: [2, 4], cropBoundaries: true }, [2]],
    ['scale: preserveShape crops', 'scale', [1, 2, 3], { factor: [1, 3], preserveShape: true }, [2, 2, 2]],
    ['scale: preserveShape lies on zeros', 'scale', [1, 1, 1, 1], { factor: [1, 0.5], preserveShape: true }, [0, 1, 1, 0]],
    ['salt: everywhere', 'salt', [1, 2, 3], { pNoise: 1, color: 4 }, [4, 4, 4]],
    ['salt: nowhere', 'salt', [1, 2, 3], { pNoise: 0 }, [1, 2, 3]],
    ['salt: white', 'salt', [1, 2], { pNoise: 1 }, [255, 255], 'uint8'],
    ['putOnBackground', 'putOnBackground', [5], { background: [[1, 2, 3]], origin: [0, 1] }, [1, 5, 3]],
    ['resize: null keeps the proportions', 'resize', [1, 2, 3, 4], { size: [null, 2], resample: 'area' }, [1.5, 3.5]],
  ]
  for (const [what, name, values, options, expected, dtype] of rows) {
    it(what, async () => expect(await onRow(name, values, options, dtype)).to.deep.equal(expected))
  }

  it('splitToPatches: row by row, the last ones at the border', async () => {
    const patches = async (options: object) => (await apply('splitToPatches', ramp(3, 5), { patchShape: 2, ...options })).toNested()
    const [first, second, last] = [
      [1, 2, 6, 7],
      [3, 4, 8, 9],
      [4, 5, 9, 10],
    ].map(([a, b, c, d]) => [
      [a, b],
      [c, d],
    ])
    const lower = [
      [6, 7, 11, 12],
      [8, 9, 13, 14],
      [9, 10, 14, 15],
    ].map(([a, b, c, d]) => [
      [a, b],
      [c, d],
    ])
    expect(await patches({ stride: 2 })).to.deep.equal([[first, second, last, ...lower]])
    expect(await patches({ stride: 2, dropLast: true })).to.deep.equal([[first, second]])
    expect((await apply('splitToPatches', ramp(3, 5), { patchShape: [3, 1] })).shape).to.deep.equal([1, 5, 3, 1])
  })

  it('images of unequal sizes in a list become equal in an array', async () => {
    const batch = ImagesBatch.fromData({ labels: [1, 2] })
    batch.set('raw', [ramp(2, 3).item(0), ramp(4, 4).item(0)])
    await ImagesBatch.actions.resize.apply(batch, { src: 'raw', dst: 'images', size: [2, 2] }, { seed: 0 })
    expect(batch.images.shape).to.deep.equal([2, 2, 2])
  })

  it('every element type stays', async () => {
    for (const dtype of ['uint8', 'int8', 'uint16', 'int16', 'uint32', 'int32', 'float32', 'float64'] as const) {
      for (const [name, options] of [
        ['rotate', { angle: 30, resample: 'bilinear' }],
        ['resize', { size: [3, 3] }],
        ['additiveNoise', { noise: ['normal', 0, 3] }],
        ['elasticTransform', { alpha: 3, sigma: 1 }],
        ['salt', {}],
      ] as const) {
        expect((await apply(name, ramp(5, 4, dtype), options)).dtype, `${name} ${dtype}`).to.equal(dtype)
      }
    }
  })

  it('values and colours may be given by channel', async () => {
    const images = NdArray.from([
      [
        [
          [1, 2],
          [3, 4],
        ],
      ],
    ])
    expect((await apply('add', images, { term: [10, 20] })).toNested()).to.deep.equal([
      [
        [
          [11, 22],
          [13, 24],
        ],
      ],
    ])
    expect((await apply('invert', images, { channels: 1 })).toNested()).to.deep.equal([
      [
        [
          [1, -1],
          [3, -3],
        ],
      ],
    ])
    expect((await apply('pad', images, { offset: [1, 0, 0, 0], fill: [8, 9] })).toNested()).to.deep.equal([
      [
        [
          [8, 9],
          [1, 2],
          [3, 4],
        ],
      ],
    ])
  })

  it('options may have a value for each image', async () => {
    const images = NdArray.from([[[1, 2]], [[3, 4]]])
    expect((await apply('add', images, { term: new PerItem([10, 20]) })).toNested()).to.deep.equal([[[11, 12]], [[23, 24]]])
    const offset = new PerItem(
      NdArray.from([
        [0, 1],
        [0, 0],
      ]),
    )
    expect((await apply('shift', images, { offset })).toNested()).to.deep.equal([[[0, 1]], [[3, 4]]])
  })

  it('random ones differ from image to image, and are the same for the same seed', async () => {
    const images = new NdArray(new Float32Array(4 * 40 * 40).fill(0.5), [4, 40, 40, 1])
    for (const [name, options] of [
      ['cutout', { shape: 5 }],
      ['salt', {}],
      ['additiveNoise', { noise: ['normal', 0, 1] }],
      ['multiplicativeNoise', { noise: ['uniform', 0.5, 1.5] }],
    ] as const) {
      const [a, b, c] = [
        await apply(name, images, options, 1),
        await apply(name, images, options, 1),
        await apply(name, images, options, 2),
      ]
      expect(a.data, name).to.deep.equal(b.data)
      expect(a.data, name).not.to.deep.equal(c.data)
      expect(a.item(0).data.slice(), name).not.to.deep.equal(a.item(1).data.slice())
    }
    const noisy = await apply('additiveNoise', images, { noise: ['normal', 0, 2] })
    const deviation = Math.sqrt(Array.from(noisy.data).reduce((sum, value) => sum + (value - 0.5) ** 2, 0) / noisy.data.length)
    expect(deviation).to.be.within(1.9, 2.1)
  })

  it('elasticTransform of alpha 0 changes nothing; otherwise values stay between those of the image', async () => {
    const images = ramp(9, 7)
    expect((await apply('elasticTransform', images, { alpha: 0, sigma: 2 })).data).to.deep.equal(images.data)
    const bent = await apply('elasticTransform', images, { alpha: 8, sigma: 2 })
    expect(bent.data).not.to.deep.equal(images.data)
    expect(Math.min(...bent.data) >= 1 && Math.max(...bent.data) <= 63).to.equal(true)
  })

  describe('refuses', () => {
    for (const [name, options, words] of [
      ['rotate', { angle: '10' }, /angle of rotate has a value.*a number/],
      ['rotate', { angle: 1, resample: 'cubic' }, /resample.*nearest, bilinear or bicubic/],
      ['resize', { size: [null, null] }, /size.*one of them may be null/],
      ['resize', { size: 5 }, /size.*\[height, width\]/],
      ['crop', { shape: 0 }, /shape.*an integer of at least 1/],
      ['crop', { shape: 2, origin: 'middle' }, /origin.*"middle".*top_left/],
      ['pad', { offset: [1, 2] }, /offset.*\[left, top, right, bottom\]/],
      ['flip', { mode: 'rl' }, /mode.*lr or ud/],
      ['invert', { channels: 3 }, /channels.*from 0 to 0/],
      ['additiveNoise', { noise: ['norml'] }, /distribution called norml.*normal/],
      ['putOnBackground', { background: [[[1, 2, 3]]] }, /background.*float32 image of 1 channels/],
      ['elasticTransform', { alpha: 1, sigma: 0 }, /sigma.*above 0/],
      ['scale', { factor: -1 }, /factor.*above 0/],
    ] as const) {
      it(`${name} ${JSON.stringify(options)}`, async () => {
        expect((await rejectionOf(apply(name, ramp(4, 4), options))).message).to.match(words)
      })
    }
    it('what is no image', async () => {
      const error = await rejectionOf(apply('flip', NdArray.from([[1, 2]]), {}))
      expect(error.message).to.match(/the item has a value.*float32 array of shape \[2\].*\[height, width, channels\]/)
    })
  })
})
