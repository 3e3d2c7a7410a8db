import { expect } from 'chai'
import { B, Dataset, F, ImagesBatch, NdArray, Normalizer, Quantizer, V } from '../../src/index.js'
import { temporaryFolder } from '../support/temporary-folder.js'

/** Formulas of numpy, written out. */
const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const stdOf = (values: readonly number[]) => Math.sqrt(meanOf(values.map(value => (value - meanOf(values)) ** 2)))
function quantileOf(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const position = q * (sorted.length - 1)
  const [below, above] = [sorted[Math.floor(position)]!, sorted[Math.ceil(position)]!]
  return below + (above - below) * (position - Math.floor(position))
}

const numbers = Array.from({ length: 40 }, (_, i) => Math.sin(3 * i) * 10 + i)
const values = NdArray.from(numbers, 'float64').reshape([5, 8])
const largest = (a: ArrayLike<number>, b: ArrayLike<number>) => Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)))

describe('a Normalizer', () => {
  const [mean, std, min, max] = [meanOf(numbers), stdOf(numbers), Math.min(...numbers), Math.max(...numbers)]
  const formulas = {
    meanstd: (x: number) => (x - mean) / std,
    mean: (x: number) => x - mean,
    std: (x: number) => x / std,
    minmax: (x: number) => (x - min) / (max - min),
  } as const
  for (const mode of ['meanstd', 'mean', 'std', 'minmax'] as const) {
    const given = { mean, std, min, max, quantiles: [0, 1] } as const
    const made = {
      'with given statistics': new Normalizer({ mode, stats: given }),
      'fitted to the values': new Normalizer({ mode }).fit(values),
      'with the statistics of each array': new Normalizer({ mode }),
    }
    for (const [how, normalizer] of Object.entries(made)) {
      it(`${mode} ${how}, and back`, () => {
        const result = normalizer.normalize(values)
        expect([result.shape, result.dtype]).to.deep.equal([[5, 8], 'float64'])
        expect(largest(result.data, numbers.map(formulas[mode]))).to.be.below(1e-12)
        expect(largest(normalizer.denormalize(result, normalizer.stats ?? normalizer.statsOf(values)).data, numbers)).to.be.below(1e-12)
      })
    }
  }

  it('clips to quantiles first, and its statistics are those of the clipped values', () => {
    const [low, high] = [quantileOf(numbers, 0.1), quantileOf(numbers, 0.85)]
    const clipped = numbers.map(value => Math.min(high, Math.max(low, value)))
    const normalizer = new Normalizer({ clipToQuantiles: true, q: [0.1, 0.85] }).fit(values)
    const { stats } = normalizer
    expect(largest(stats!.quantiles, [low, high])).to.be.below(1e-12)
    expect([stats!.min, stats!.max]).to.deep.equal([low, high])
    const expected = clipped.map(value => (value - meanOf(clipped)) / stdOf(clipped))
    expect(largest(normalizer.normalize(values).data, expected)).to.be.below(1e-12)
    const outside = normalizer.normalize([-1000, 1000])
    expect(outside.data[0]).to.be.closeTo(Math.min(...expected), 1e-12)
  })

  it('the quantiles are those of numpy', () => {
    // numpy.quantile([3, 1, 4, 1, 5, 9, 2, 6], [0.01, 0.3, 0.99])
    const list = [3, 1, 4, 1, 5, 9, 2, 6]
    expect(new Normalizer({ q: [0.01, 0.3] }).statsOf(list).quantiles).to.deep.equal([1, 2.1])
    expect(new Normalizer({ q: [0.3, 0.99] }).statsOf(list).quantiles[1]).to.be.closeTo(8.79, 1e-12)
  })

  it('takes bytes, typed arrays and lists; equal values are shifted only', () => {
    const normalizer = new Normalizer({ mode: 'minmax' })
    expect([Uint8Array.of(0, 255), [0, 255], new NdArray(Uint8Array.of(0, 255), [2])].map(one => [...normalizer.normalize(one).data])).to.deep.equal([[0, 1], [0, 1], [0, 1]]) // biome-ignore format: one line
    expect(normalizer.normalize(Uint8Array.of(0, 255)).dtype).to.equal('float32')
    expect([...new Normalizer().normalize([4, 4]).data]).to.deep.equal([0, 0])
  })

  it('takes functions of one’s own', () => {
    const mode = {
      normalize: (array: NdArray, { max }: { max: number }) => array.cast('float64', 1 / max),
      denormalize: (array: NdArray, { max }: { max: number }) => array.cast('float64', max),
    }
    const normalizer = new Normalizer({ mode }).fit([1, 2, 4])
    expect([...normalizer.normalize([2, 8]).data]).to.deep.equal([0.5, 2])
    expect([...normalizer.denormalize([0.5]).data]).to.deep.equal([2])
  })

  const wrong = [
    ['a mode that is none', () => new Normalizer({ mode: 'max' as never }), /mode.*mean, std, meanstd or minmax/],
    ['quantiles in the wrong order', () => new Normalizer({ q: [0.9, 0.1] }), /q .*ascending/],
    ['an option that is none', () => new Normalizer({ mod: 'mean' } as never), /no option mod.*Did you mean mode/s],
    ['values that are none', () => new Normalizer().normalize('abc' as never), /array of numbers/],
    ['no values', () => new Normalizer().fit([]), /at least one/],
    ['back without statistics', () => new Normalizer().denormalize([1]), /stats.*fit/s],
    [
      'back by functions that cannot',
      () => new Normalizer({ mode: { normalize: (a: NdArray) => a } }).fit([1]).denormalize([1]),
      /denormalize/,
    ],
    ['ranges in the wrong order', () => new Quantizer({ ranges: [1, 0] }), /ranges.*ascending/],
    ['a quantizer without ranges', () => new Quantizer({} as never), /ranges/],
    ['what is not a number', () => new Quantizer({ ranges: [0, 1] }).quantize([Number.NaN]), /NaN/],
    ['what is outside without clip', () => new Quantizer({ ranges: [0, 1], clip: false }).quantize([2]), /numbers from 0 to 1/],
  ] as const
  for (const [what, call, message] of wrong) it(`refuses ${what}`, () => expect(call).to.throw(message))
})

describe('a Quantizer', () => {
  it('takes the nearest of 255 levels, and back within half a step', () => {
    const quantizer = new Quantizer({ ranges: [-10, 30] })
    const bytes = quantizer.quantize(values)
    const step = 40 / 254
    expect([bytes.dtype, bytes.shape, quantizer.error]).to.deep.equal(['int8', [5, 8], step / 2])
    const levels = numbers.map(value => Math.round((Math.min(30, Math.max(-10, value)) + 10) / step) - 127)
    expect([...bytes.data]).to.deep.equal(levels)
    const inside = numbers.filter(value => value >= -10 && value <= 30)
    const back = quantizer.dequantize(quantizer.quantize(inside))
    expect(largest(back.data, inside)).to.be.at.most(step / 2 + 1e-5)
    expect([...quantizer.quantize([-99, -10, 10, 30, 99]).data]).to.deep.equal([-127, -127, 0, 127, 127])
  })

  it('subtracts a mean first', () => {
    const quantizer = new Quantizer({ ranges: [-1, 1], mean: 5 })
    expect([...quantizer.quantize([4, 5, 6]).data]).to.deep.equal([-127, 0, 127])
    expect([...quantizer.dequantize([-127, 0, 127]).data]).to.deep.equal([4, 5, 6])
  })
})

describe('normalizers in pipelines', () => {
  const folders = temporaryFolder()
  after(() => folders.remove())
  const pixels = Uint8Array.from({ length: 4 * 6 }, (_, i) => (i * 37) % 256)
  const data = new Dataset(4, ImagesBatch, { preloaded: { images: new NdArray(pixels, [4, 2, 3, 1]) } })
  const [mean, std] = [meanOf([...pixels]), stdOf([...pixels])]
  const expected = (count: number) => Array.from(pixels.slice(0, count * 6), value => (value - mean) / std)

  it('are fitted to a whole dataset, at once or batch by batch', async () => {
    const all = [new Normalizer().fit(data.get('images')!), await new Normalizer().fitOver(data.genBatch(3), 'images')]
    for (const { stats } of all) expect([stats!.mean, stats!.std]).to.deep.equal([mean, std])
  })

  const fitted = new Normalizer().fit(data.get('images')!)
  const { stats } = fitted
  const ways = {
    'the action, with a normalizer': data.p.normalize({ by: fitted }),
    'the action, with its options': data.p.normalize({ by: { mode: 'meanstd', stats } }),
    'a function': data.p.update(B('images'), F((images: NdArray) => fitted.normalize(images))(B('images'))),
    'item by item': data.p.applyParallel({ src: 'images', fn: (image: NdArray) => fitted.normalize(image) }),
    'a variable': data.p.initVariable('norm', { default: fitted }).update(B('images'), V('norm').call('normalize', B('images'))),
  }
  for (const [way, p] of Object.entries(ways)) {
    it(`normalize by ${way}`, async () => {
      const { images } = await p.nextBatch(3)
      expect([images.shape, images.dtype]).to.deep.equal([[3, 2, 3, 1], 'float32'])
      expect(largest(images.data, expected(3))).to.be.below(1e-6)
    })
  }

  it('go to bytes and back by actions', async () => {
    const by = { mode: 'meanstd', stats: stats! } as const
    const p = data.p.normalize({ by }).quantize({ ranges: [-3, 3], dst: 'bytes' }).dequantize({ src: 'bytes', dst: 'images', ranges: [-3, 3] }).denormalize({ by }) // biome-ignore format: one line
    const batch = await p.nextBatch(4)
    expect((batch.get('bytes') as NdArray).dtype).to.equal('int8')
    expect(largest(batch.images.data, pixels)).to.be.below((3 / 254) * std + 1e-4)
  })

  it('are saved with the variables that hold them', async () => {
    const described = () =>
      data.p
        .initVariable('norm', { default: null })
        .initVariable('bytes')
        .update(V('bytes'), V('norm').call('normalize', B('images')))
    const [saved, restored] = [described(), described()]
    saved.setVariable('norm', fitted)
    await saved.nextBatch(2)
    saved.setVariable('bytes', new Quantizer({ ranges: [0, 2] }))
    await saved.saveState(folders.in('state'))
    await restored.restoreState(folders.in('state'))
    expect((restored.v('norm') as unknown as Normalizer).stats).to.deep.equal(stats)
    expect(restored.v<Quantizer>('bytes').error).to.equal(1 / 254)
    await restored.nextBatch()
  })

  it('with functions are not saved in silence', async () => {
    const p = data.p.initVariable('norm')
    p.setVariable('norm', new Normalizer({ mode: { normalize: (a: NdArray) => a } }))
    await p.nextBatch(2)
    await p.saveState(folders.in('own')).then(
      () => expect.fail(),
      ({ code, message }) => expect(`${code} ${message}`).to.match(/^value-not-saved .*norm/s),
    )
  })
})
