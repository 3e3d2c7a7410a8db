/** Every action of a batch class that does not go image by image: values, defaults, options, both doors. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'chai'
import * as baseActions from '../../src/dataset/batch/base-actions.js'
import * as imageActions from '../../src/dataset/images/actions/image-actions.js'
import { Dataset, ImagesBatch } from '../../src/dataset/index.js'
import { MillraceError } from '../../src/errors/index.js'
import type { BatchAction } from '../../src/pipeline/index.js'
import { dtypes, NdArray } from '../../src/util/nd-array.js'
import { functionsModule } from '../support/item-functions.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { docstringsIn } from './support/docstrings.js'
import { actionsIn, empty, errorsIn } from './support/doors.js'
import { difference, dtypesTried, imagesOf } from './support/images.js'
import { optionsOf, requiredIn, wrongInFile } from './support/schemas.js'

type Options = Readonly<Record<string, unknown>>

interface Row {
  /** Options with which it does something, made anew for each call: it may write to them. */
  readonly needed: () => Options
  /** For each option a value that changes the outcome, beside others where it needs them. */
  readonly changes: Readonly<Record<string, { readonly to: unknown; readonly beside?: () => Options }>>
}

const folder = temporaryFolder()
const ofTable = (further: Options = {}) => ({ src: folder.in('table.csv'), fmt: 'csv', dst: ['labels'], ...further })
const toTable = (further: Options = {}) => ({ dst: folder.in('out/table.csv'), fmt: 'csv', components: 'labels', ...further })
const ofModule = { parallel: { module: functionsModule, export: 'double' } }

const rows = {
  addComponents: {
    needed: () => ({ names: 'scores' }),
    changes: { names: { to: 'weights', beside: () => ({ init: [1, 2, 3] }) }, init: { to: [1, 2, 3] } },
  },
  applyParallel: {
    needed: () => ({ src: 'labels', fn: (label: number, { by = 2 }: { by?: number }) => Number(label) * by }),
    changes: {
      src: { to: 'masks' },
      dst: { to: 'masks' },
      p: { to: 0 },
      fn: { to: (label: number) => label + 1 },
      options: { to: { by: 5 } },
      per: { to: 'batch', beside: () => ({ fn: (all: NdArray | number) => (typeof all === 'number' ? all + 1 : all.cast('float32', 3)) }) },
      parallel: { to: { module: functionsModule, export: 'sumOf' }, beside: () => ({ fn: undefined, ...ofModule }) },
    },
  },
  denormalize: {
    needed: () => ({ by: { stats: { mean: 1, std: 2 } } }),
    changes: { src: { to: 'masks' }, dst: { to: 'values' }, by: { to: { mode: 'mean', stats: { mean: 1, std: 2 } } } },
  },
  dequantize: {
    needed: () => ({ ranges: [0, 1] }),
    changes: { src: { to: 'masks' }, dst: { to: 'values' }, ranges: { to: [0, 2] }, mean: { to: 1 } },
  },
  dump: {
    needed: () => ({ dst: {}, components: 'labels' }),
    changes: {
      dst: { to: folder.in('out/other.csv'), beside: toTable },
      fmt: { to: 'parquet', beside: toTable },
      components: { to: 'masks', beside: toTable },
      ids: { to: 'key', beside: toTable },
    },
  },
  load: {
    needed: () => ({ src: { 0: 7, 1: 8, 2: 9 }, dst: 'labels' }),
    changes: {
      src: { to: [4, 5, 6] },
      dst: { to: 'masks' },
      fmt: { to: 'csv', beside: () => ({ ...ofTable(), fmt: undefined }) },
      columns: { to: { labels: 'weight' }, beside: ofTable },
      ids: { to: 'key', beside: ofTable },
    },
  },
  normalize: {
    needed: () => ({}),
    changes: {
      src: { to: 'masks' },
      dst: { to: 'scaled' },
      scale: { to: 255 },
      mean: { to: [1, 2, 3] },
      std: { to: 2 },
      by: { to: { mode: 'minmax' } },
    },
  },
  quantize: {
    needed: () => ({ ranges: [0, 100] }),
    changes: { src: { to: 'masks' }, dst: { to: 'bytes' }, ranges: { to: [0, 255] }, mean: { to: 50 }, clip: { to: false } },
  },
  toArray: {
    needed: () => ({}),
    changes: { src: { to: 'masks' }, dst: { to: 'other' }, dtype: { to: 'int32' }, channels: { to: 'first' } },
  },
} as const satisfies Readonly<Record<Exclude<keyof typeof ImagesBatch.actions, keyof typeof imageActions>, Row>>

/** Options as a file may write them: it names a module instead of a function. */
const inFile = ({ fn, ...options }: Options): Options =>
  fn === undefined ? options : { ...options, parallel: { module: './test/support/item-functions.ts', export: 'double' } }

const names = Object.keys(rows) as readonly (keyof typeof rows)[]
const actions: Readonly<Record<string, BatchAction>> = ImagesBatch.actions
const rowOf = (name: keyof typeof rows): Row => rows[name]

const batchOf = (count = 3) =>
  ImagesBatch.fromData({
    images: imagesOf(count, 'uint8', [2, 4, 3]),
    labels: Array.from({ length: count }, (_, i) => i + 1),
    masks: imagesOf(count, 'int32', [2, 4, 1]).reshape([count, 2, 4]),
  })

const plain = (value: unknown): unknown =>
  value instanceof NdArray ? { shape: value.shape, dtype: value.dtype, data: Array.from(value.data) } : value

/** All that can be seen after an action: the batch, what it wrote to, or its error. */
async function outcome(name: string, options: Options): Promise<unknown> {
  const batch = batchOf()
  const out = temporaryFolder()
  const given = Object.fromEntries(
    Object.entries(options).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, typeof value === 'string' ? value.replace(folder.in('out'), out.in('out')) : value]],
    ),
  )
  try {
    await actions[name]!.apply(batch, given, { seed: 3 })
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error
    out.remove()
    return error.code
  }
  const files = readdirSync(out.path, { recursive: true, withFileTypes: true })
    .filter(file => file.isFile())
    .map(file => [file.name, readFileSync(`${file.parentPath}/${file.name}`, 'latin1')])
  out.remove()
  return {
    components: batch.componentNames.map(component => [component, plain(batch.get(component))]),
    files,
    ...(typeof given.dst === 'object' && { dst: given.dst }),
  }
}

/** The defaults of an object schema, and of objects in it. */
function defaultsOf(option: string, schema: object): Options {
  const { default: standard, properties } = schema as { default?: unknown; properties?: Readonly<Record<string, object>> }
  if (standard !== undefined) return { [option]: standard }
  if (properties === undefined) return {}
  return { [option]: Object.assign({}, ...Object.entries(properties).map(([key, inner]) => defaultsOf(key, inner))) }
}

describe('contract: every action of batches', () => {
  before(() => writeFileSync(folder.in('table.csv'), 'id,key,labels,weight\n0,2,5,1.5\n1,1,6,2.5\n2,0,7,3.5\n'))
  after(() => folder.remove())

  it('is one of these, or one on images', () => {
    expect(Object.keys(ImagesBatch.actions)).to.have.members([...names, ...Object.keys(imageActions)])
    expect(Object.keys(ImagesBatch.actions)).to.include.members(Object.keys(baseActions))
  })

  const docstrings = docstringsIn('dataset/actions', 'dataset/images/actions')
  for (const name of Object.keys(ImagesBatch.actions)) {
    it(`docs: an example in the docstring of ${name}`, () => expect(docstrings.get(name)).to.include('@example'))
  }

  for (const name of names) {
    describe(name, () => {
      const { schema, summary } = actions[name]!
      const { needed, changes } = rowOf(name)

      it('has a summary and described options', () => {
        expect(summary).to.match(/^\S/)
        for (const [option, { description }] of Object.entries(optionsOf(schema))) expect(description, option).to.be.a('string')
      })

      it('knows each option of the schema, and each changes the outcome', async () => {
        expect(Object.keys(changes)).to.have.members(Object.keys(optionsOf(schema)))
        for (const [option, { to, beside }] of Object.entries(changes)) {
          const without = () => ({ ...needed(), ...beside?.() })
          expect(await outcome(name, { ...without(), [option]: to }), option).not.to.deep.equal(await outcome(name, without()))
        }
      })

      it('uses the defaults that its schema shows', async () => {
        for (const [option, property] of Object.entries(optionsOf(schema))) {
          if (requiredIn(schema).includes(option)) continue
          const shown = defaultsOf(option, property)
          const without = () => {
            const { [option]: _, ...rest }: Options = { ...needed(), ...changes[option]!.beside?.() }
            return option === 'parallel' ? needed() : rest
          }
          if (!(option in shown)) continue
          const standard = option === 'parallel' ? { [option]: { workers: 0, concurrency: 1 } } : shown
          expect(await outcome(name, { ...without(), ...standard }), option).to.deep.equal(await outcome(name, without()))
        }
      })

      it('does nothing to no items', async () => {
        const batch = batchOf(0)
        const { fn, ...options } = needed()
        await actions[name]!.apply(
          batch,
          name === 'addComponents' ? { ...options, init: [] } : { ...options, ...(fn !== undefined && { fn }) },
          { seed: 3 },
        )
        for (const component of batch.componentNames) expect(batch.get(component), component).to.have.property('length', 0)
        const float32 = ['normalize', 'denormalize', 'dequantize', 'toArray']
        expect(batch.images.dtype).to.equal(name === 'quantize' ? 'int8' : float32.includes(name) ? 'float32' : 'uint8')
      })

      it('means the same through both doors', () => {
        const options = inFile(needed())
        expect((empty() as any)[name](options).spec.actions).to.deep.equal(actionsIn([{ [name]: options }]))
      })

      it('refuses a misspelt option and a missing one through both doors', () => {
        const options = inFile(needed())
        const [first] = Object.keys(optionsOf(schema))
        const wrong = [
          { ...options, [`${first}x`]: 1 },
          ...requiredIn(schema).map(option => Object.fromEntries(Object.entries(options).filter(([key]) => key !== option))),
        ]
        for (const one of wrong) {
          expect(() => (empty() as any)[name](one)).to.throw(MillraceError, new RegExp(`${name} (has no option ${first}x|needs )`))
          expect(
            errorsIn({ main: [{ [name]: one }] })
              .map(String)
              .join(),
          ).to.match(new RegExp(`${name} (has no key ${first}x|needs )`))
        }
      })

      const wrongOf = (option: string) => wrongInFile(name, option).filter(value => value !== null)

      it('refuses wrong values of each option in a file', () => {
        const options = inFile(needed())
        const wrong = Object.keys(optionsOf(schema)).flatMap(option => wrongOf(option).map(value => ({ option, value })))
        const errors = errorsIn(
          Object.fromEntries(wrong.map(({ option, value }, i) => [`p${i}`, [{ [name]: { ...options, [option]: value } }]])),
        )
        for (const [i, { option, value }] of wrong.entries()) {
          const own = errors.filter(({ location }) => location.pipeline === `p${i}`).map(({ message }) => message)
          expect(own.join(), `${name}, ${option}: ${JSON.stringify(value)}`).to.match(new RegExp(`${option}|nonsense`))
        }
      })

      for (const option of Object.keys(optionsOf(schema)).filter(option => wrongOf(option).length > 0)) {
        it(`fluent: wrong values of ${name}.${option}`, async () => {
          const { images, labels, masks } = batchOf()
          const data = new Dataset(3, ImagesBatch, { preloaded: { images, labels, masks } })
          for (const value of wrongOf(option)) {
            const options = { ...needed(), ...changes[option]!.beside?.(), [option]: value }
            const what = `${name}, ${option}: ${JSON.stringify(value)}`
            let error: unknown
            try {
              await (data.p as any)[name](options).run(3)
            } catch (thrown) {
              error = thrown
            }
            expect(error, what).to.be.instanceOf(MillraceError)
            expect((error as MillraceError).message, what).to.include(option)
          }
        })
      }
    })
  }

  it('normalize computes (x / scale - mean) / std in float32, whatever the element type and the number of items', () => {
    const cases = [{}, { scale: 255 }, { scale: 3, mean: 0.5, std: 0.25 }, { mean: [1, 2, 3], std: [1, 2, 4] }, { scale: -2, std: [3] }]
    for (const dtype of dtypesTried) {
      for (const count of [0, 1, 3]) {
        for (const options of cases as readonly { scale?: number; mean?: number | number[]; std?: number | number[] }[]) {
          const images = imagesOf(count, dtype, [2, 4, 3])
          const batch = ImagesBatch.fromData({ images })
          const { scale = 1, mean = 0, std = 1 } = options
          const ofChannel = (value: number | number[], i: number) => [value].flat()[i % 3] ?? [value].flat()[0]!
          const expected = Array.from(images.data, (x, i) => (x / scale - ofChannel(mean, i)) / ofChannel(std, i))
          void actions.normalize!.apply(batch, options, { seed: 0 })
          expect(batch.images.dtype).to.equal('float32')
          expect(batch.images.shape).to.deep.equal(images.shape)
          expect(difference(Array.from(batch.images.data), expected), `${JSON.stringify(options)} of ${dtype}`).to.be.below(1e-4)
        }
      }
    }
  })

  it('toArray casts each value and moves channels, whatever the element type and the number of items', () => {
    for (const dtype of dtypesTried) {
      for (const count of [0, 1, 3]) {
        for (const to of dtypes) {
          for (const channels of ['last', 'first'] as const) {
            const images = imagesOf(count, dtype, [2, 4, 3])
            const batch = ImagesBatch.fromData({ images })
            void actions.toArray!.apply(batch, { dtype: to, channels }, { seed: 0 })
            const cast = (value: number) => (to.startsWith('float') ? value : Math.trunc(value) + 0)
            const wrapped = (value: number) => (to === 'int8' && value > 127 ? value - 256 : value)
            const expected =
              channels === 'last'
                ? images.toNested()
                : (images.toNested() as number[][][][]).map(image => [0, 1, 2].map(c => image.map(row => row.map(pixel => pixel[c]!))))
            const what = `${dtype} to ${to}, channels ${channels}, ${count} items`
            expect(batch.images.dtype, what).to.equal(to)
            const flat = (expected as number[][][][]).flat(3).map(value => wrapped(cast(value)))
            expect(difference(Array.from(batch.images.data), flat), what).to.be.below(1e-7)
            expect(batch.images.shape, what).to.deep.equal(channels === 'last' ? [count, 2, 4, 3] : [count, 3, 2, 4])
          }
        }
      }
    }
  })

  it('dump writes what load reads, of every format that holds any component', async () => {
    for (const [fmt, component] of [
      ['npy', 'images'],
      ['npz', 'images'],
      ['csv', 'labels'],
      ['parquet', 'labels'],
    ] as const) {
      for (const count of [1, 3]) {
        const [batch, other] = [batchOf(count), batchOf(count)]
        const path = folder.in(`some-${count}.${fmt}`)
        await actions.dump!.apply(batch, { dst: path, fmt, components: component }, { seed: 0 })
        await actions.load!.apply(other, { src: path, fmt, dst: [component] }, { seed: 0 })
        expect((other.get(component) as NdArray).toNested(), fmt).to.deep.equal((batch.get(component) as NdArray).toNested())
      }
    }
  })
})
