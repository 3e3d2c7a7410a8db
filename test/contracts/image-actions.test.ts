/** Every action on images: values against an oracle, 0 and 1 and several items, each element type, each option, `p` and threads. */
import { expect } from 'chai'
import * as imageActions from '../../src/dataset/images/actions/image-actions.js'
import { Dataset, ImagesBatch } from '../../src/dataset/index.js'
import type { ItemAction } from '../../src/dataset/items/item-action.js'
import { MillraceError } from '../../src/errors/index.js'
import { closeWorkers } from '../../src/parallel/index.js'
import { type DType, NdArray } from '../../src/util/nd-array.js'
import { deriveSeed } from '../../src/util/seeds.js'
import { errorsIn } from './support/doors.js'
import { type ImageRow, imageRows } from './support/image-oracles.js'
import { asType, difference, dtypesTried, imagesOf, type Nested, outside } from './support/images.js'
import { optionsOf, requiredIn, wrongInFile } from './support/schemas.js'

const names = Object.keys(imageActions) as readonly (keyof typeof imageActions)[]
const actions: Readonly<Record<string, ItemAction>> = imageActions
const rows: Readonly<Record<string, ImageRow>> = imageRows
const seed = 5

/** The options that every action on items has. */
const common = ['src', 'dst', 'p', 'parallel']
/** Wrong values of an option; null, which is what a file says by nothing, aside. */
const wrongOf = (name: string, option: string) => wrongInFile(name, option).filter(value => value !== null)
const ownOptions = (name: string) => Object.entries(optionsOf(actions[name]!.schema)).filter(([option]) => !common.includes(option))

type Images = NdArray | readonly unknown[]

async function apply(name: string, images: NdArray, options: object): Promise<Images> {
  const batch = ImagesBatch.fromData({ images })
  await actions[name]!.apply(batch, options as never, { seed })
  return batch.get((options as { dst?: string }).dst ?? 'images') as Images
}

/** A result as plain data, to the last bit. */
const plain = (images: Images) =>
  images instanceof NdArray ? { shape: images.shape, dtype: images.dtype, data: Array.from(images.data) } : images

const mapped = (value: unknown, change: (number: number) => number): unknown =>
  typeof value === 'number' ? change(value) : (value as readonly unknown[]).map(item => mapped(item, change))

/** The largest allowed difference: sums of products differ in their last bits. */
const tolerances: Readonly<Record<string, number>> = { uint8: 0, int32: 0, float32: 1e-4, float64: 1e-9 }

function expectOracle(name: string, { options, of }: ImageRow['cases'][number], images: NdArray, dtype: DType, result: Images): void {
  const oracles = (images.toNested() as readonly Nested[]).map((image, position) =>
    of(image, { dtype, seed: deriveSeed(seed, 'item', position) }),
  )
  const what = `${name} ${JSON.stringify(options)} of ${images.length} ${dtype} images`
  expect(result, what).to.be.instanceOf(NdArray)
  expect((result as NdArray).dtype, what).to.equal(dtype)
  const values = (result as NdArray).toNested()
  // A sum that should end in a half may end a last bit above or below it, and be rounded to either side.
  const [lower, upper] = [-1e-9, 1e-9].map(bit => mapped(oracles, value => asType(value + bit, dtype)))
  expect(outside(values, lower, upper), what).to.be.at.most(tolerances[dtype]!)
}

/** Where an option changes something: the options without it, and with it. */
function changeOf(name: string, option: string): readonly [without: object, withIt: object] {
  const { cases, changes } = rows[name]!
  const { to, beside } = changes[option]!
  const required = requiredIn(actions[name]!.schema)
  const needed = Object.fromEntries(Object.entries(cases[0].options).filter(([key]) => required.includes(key)))
  const without = { ...needed, ...beside }
  return [without, { ...without, [option]: to }]
}

/** The options an action needs, on images of three channels. */
const neededBy = (name: string) => {
  const [option] = Object.keys(rows[name]!.changes)
  return changeOf(name, option!)[0]
}

describe('contract: every action on images', () => {
  after(closeWorkers)

  for (const name of names) {
    describe(name, () => {
      const { schema } = actions[name]!
      const { cases, changes } = rows[name]!

      it('computes what its oracle does, whatever the element type and the number of items', async () => {
        for (const dtype of dtypesTried) {
          for (const count of [1, 3]) {
            for (const [i, one] of cases.entries()) {
              const images = imagesOf(count, dtype, [5, 7, i === 0 ? 1 : 3])
              expectOracle(name, one, images, dtype, await apply(name, images, one.options))
            }
          }
        }
      })

      it('does the same with images that have no channel axis', async () => {
        const images = imagesOf(2, 'float32', [5, 7, 1])
        const [{ options }] = cases
        const flat = (await apply(name, images.reshape([2, 5, 7]), unchannelled(options))) as NdArray
        const result = (await apply(name, images, options)) as NdArray
        expect(flat.shape).to.deep.equal(result.shape.slice(0, -1))
        expect(Array.from(flat.data)).to.deep.equal(Array.from(result.data))
      })

      it('leaves a batch without items without items', async () => {
        for (const dtype of dtypesTried) {
          const result = await apply(name, imagesOf(0, dtype, [5, 7, 1]), cases[0].options)
          expect(result).to.be.instanceOf(NdArray).with.property('length', 0)
          expect((result as NdArray).dtype).to.equal(dtype)
        }
      })

      it('knows each option of the schema, and each changes the result', async () => {
        expect(Object.keys(changes)).to.have.members(ownOptions(name).map(([option]) => option))
        const images = imagesOf(3, 'float32', [5, 7, 3])
        for (const option of Object.keys(changes)) {
          const [without, withIt] = changeOf(name, option)
          expect(plain(await apply(name, images, withIt)), option).not.to.deep.equal(plain(await apply(name, images, without)))
        }
      })

      it('uses the defaults that its schema shows', async () => {
        // Large, so that a small change of a probability is seen, and of integers and floats, which differ in what is white.
        for (const images of [imagesOf(1, 'float32', [48, 48, 3]), imagesOf(1, 'uint8', [8, 8, 3])]) {
          for (const [option, { default: standard, description }] of ownOptions(name)) {
            if (requiredIn(schema).includes(option)) continue
            if (standard === undefined) {
              expect(description, `${option} says what it is by default`).to.match(/by default/)
              continue
            }
            const [without] = changeOf(name, option)
            const shown = await apply(name, images, { ...without, [option]: standard })
            expect(plain(shown), option).to.deep.equal(plain(await apply(name, images, without)))
          }
        }
      })

      it('changes no item where p is 0, and each where it is 1', async () => {
        const images = imagesOf(4, 'float32', [5, 7, 3])
        const own = cases.at(-1)!.options
        const options = cases.length === 1 ? { ...neededBy(name), ...own } : own
        const never = await apply(name, images, { ...options, p: 0 })
        expect(plain(never)).to.deep.equal(plain(images))
        const always = await apply(name, images, { ...options, p: 1 })
        expect(plain(always)).to.deep.equal(plain(await apply(name, images, options)))
        for (let i = 0; i < 4; i++)
          expect(difference((always as NdArray).item(i).toNested(), images.item(i).toNested()), `item ${i}`).to.be.above(0)
      })

      it('writes to dst and leaves src as it was', async () => {
        const images = imagesOf(2, 'float32', [5, 7, 1])
        const batch = ImagesBatch.fromData({ images })
        const before = plain(images)
        await actions[name]!.apply(batch, { ...cases[0].options, dst: 'other' } as never, { seed })
        expect(plain(batch.images)).to.deep.equal(before)
        expect(plain(batch.get('other') as Images)).to.deep.equal(plain(await apply(name, images, cases[0].options)))
      })

      it('refuses a misspelt option and a missing one through both doors', () => {
        const options = JSON.parse(JSON.stringify(neededBy(name))) as Record<string, unknown>
        const [first] = Object.keys(optionsOf(schema))
        const wrong = [
          { ...options, [`${first}x`]: 1 },
          ...requiredIn(schema).map(option => Object.fromEntries(Object.entries(options).filter(([key]) => key !== option))),
        ]
        for (const one of wrong) {
          expect(() => (new Dataset(2, ImagesBatch).p as any)[name](one)).to.throw(
            MillraceError,
            new RegExp(`${name} (has no option ${first}x|needs )`),
          )
          expect(
            errorsIn({ main: [{ [name]: one }] })
              .map(String)
              .join(),
          ).to.match(new RegExp(`${name} (has no key ${first}x|needs )`))
        }
      })

      it('refuses wrong values of each option in a file', () => {
        const options = JSON.parse(JSON.stringify(neededBy(name))) as object
        const wrong = Object.keys(optionsOf(schema)).flatMap(option => wrongOf(name, option).map(value => ({ option, value })))
        const errors = errorsIn(
          Object.fromEntries(wrong.map(({ option, value }, i) => [`p${i}`, [{ [name]: { ...options, [option]: value } }]])),
        )
        for (const [i, { option, value }] of wrong.entries()) {
          const own = errors.filter(({ location }) => location.pipeline === `p${i}`).map(({ message }) => message)
          expect(own.join(), `${name}, ${option}: ${JSON.stringify(value)}`).to.include(option)
        }
      })

      for (const option of Object.keys(optionsOf(schema)).filter(option => wrongOf(name, option).length > 0)) {
        it(`fluent: wrong values of ${name}.${option}`, async () => {
          const images = imagesOf(1, 'float32', [5, 7, 3])
          const data = new Dataset(1, ImagesBatch, { preloaded: { images } })
          for (const value of wrongOf(name, option)) {
            const what = `${name}, ${option}: ${JSON.stringify(value)}`
            let error: unknown
            try {
              await (data.p as any)[name]({ ...neededBy(name), [option]: value }).run(1)
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

  it('return the same bits in two threads', async () => {
    const images = imagesOf(5, 'float32', [5, 7, 3])
    for (const name of names) {
      const options = neededBy(name)
      const [here, there] = [await apply(name, images, options), await apply(name, images, { ...options, parallel: { workers: 2 } })]
      expect(plain(there), name).to.deep.equal(plain(here))
    }
  })
})

/** A background without a channel axis, for images without one. */
function unchannelled({ background, ...options }: Readonly<Record<string, unknown>>): object {
  if (background === undefined) return options
  return { ...options, background: (background as Nested).map(row => row.map(pixel => pixel[0]!)) }
}
