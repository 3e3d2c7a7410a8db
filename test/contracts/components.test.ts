/** Every option that holds names of components: what it reads must be there, what it writes is there afterwards, in both doors. */
import { expect } from 'chai'
import { Dataset, ImagesBatch } from '../../src/dataset/index.js'
import { MillraceError } from '../../src/errors/index.js'
import type { ActionRow } from '../../src/pipeline/description/action-row.js'
import { actionNames, actionTable } from '../../src/pipeline/description/action-table.js'
import { destinationArguments } from '../../src/pipeline/description/content/visit-actions.js'
import type { BatchAction } from '../../src/pipeline/index.js'
import { NdArray } from '../../src/util/nd-array.js'
import { errorsIn } from './support/doors.js'
import { optionsOf } from './support/schemas.js'

const actions: Readonly<Record<string, BatchAction>> = ImagesBatch.actions

/** Options whose values are names of components (`columns`: its keys), and how each is written. */
const reading = {
  src: (name: string) => [name, [name], [['images', name]]],
  components: (name: string) => [[name], ['images', name]],
  columns: (name: string) => [{ [name]: 'x' }],
} as const
const writing = { dst: (name: string) => name, names: (name: string) => name } as const

/** The other options that an action needs; without them the schema has the word. */
const needed: Readonly<Record<string, object>> = {
  dump: { dst: 'out', fmt: 'npz' },
  load: { src: 'a.csv', fmt: 'csv' },
  add: { term: 1 },
  applyParallel: { parallel: { module: './nowhere.mjs' } },
  crop: { shape: 2 },
  elasticTransform: { alpha: 1, sigma: 1 },
  multiply: { multiplier: 2 },
  pad: { offset: 1 },
  putOnBackground: { background: 0, origin: 'center' },
  resize: { size: [2, 2] },
  rotate: { angle: 1 },
  scale: { factor: 2 },
  shift: { offset: 1 },
  splitToPatches: { patchShape: 2 },
  merge: { pipelines: ['other'] },
  rebatch: { batchSize: 2 },
}

/** Options that speak of components and hold no names of them, each with the reason. */
const elsewhere = {
  'load.src': 'values; the keys of a map are checked as names',
  'dump.dst': 'a destination of values; the keys of a map are checked in the run',
  'applyParallel.per': 'what a function works on',
  'addComponents.init': 'values',
}

type Row = readonly [name: string, schema: object]
const rows: readonly Row[] = [
  ...Object.entries(actions).map(([name, { schema }]) => [name, schema] as const),
  ...actionNames.map(name => [name, (actionTable as Readonly<Record<string, ActionRow>>)[name]!.args.schema] as const),
]
const namesOf = (schema: object) => Object.keys(optionsOf(schema as never))
const isImages = (name: string) => Object.hasOwn(actions, name)

/** What a file with this action, and then a reading of a component, is told about names. */
function told(name: string, args: object, read?: string): readonly string[] {
  const after = read === undefined ? [] : [`print: { values: [!B ${read}] }`]
  const found = errorsIn({ main: [{ [name]: args }, ...after] })
  return found.filter(({ code }) => code === 'unknown-name').map(({ details }) => (details as { seen: string }).seen)
}

describe('contract: names of components', () => {
  for (const [name, schema] of rows) {
    for (const option of namesOf(schema).filter(
      option => Object.hasOwn(reading, option) && !Object.hasOwn(elsewhere, `${name}.${option}`),
    )) {
      it(`${name}.${option} must name components that are there`, () => {
        for (const value of reading[option as keyof typeof reading]('imagez')) {
          if (option === 'src' && ['normalize', 'toArray'].includes(name) && Array.isArray(value)) continue
          expect(told(name, { ...needed[name], [option]: value }), JSON.stringify(value)).to.deep.equal(['imagez'])
        }
      })
    }
    for (const option of namesOf(schema).filter(option => isImages(name) && name !== 'dump' && Object.hasOwn(writing, option))) {
      it(`what ${name}.${option} names is there afterwards, and nothing else`, () => {
        const args = { ...needed[name], ...(name === 'applyParallel' && { src: 'images' }), [option]: 'made' }
        expect(told(name, args, 'made')).to.deep.equal([])
        expect(told(name, args, 'maid')).to.deep.equal(['maid'])
      })
    }
  }

  it('every option that speaks of components is one of these, a destination, or says why not', () => {
    for (const [name, schema] of rows) {
      for (const [option, { description = '' }] of Object.entries(optionsOf(schema as never))) {
        if (!/component/i.test(String(description)) || Object.hasOwn(reading, option) || Object.hasOwn(writing, option)) continue
        const isDestination = !isImages(name) && destinationArguments(name).includes(option)
        expect(isDestination || Object.hasOwn(elsewhere, `${name}.${option}`), `${name}.${option}: ${description}`).to.equal(true)
      }
    }
  })

  it('every action of ImagesBatch says which components it reads and writes', () => {
    expect(Object.keys(actions).filter(name => actions[name]!.components === undefined)).to.deep.equal([])
  })

  for (const [what, lines, expected] of [
    ['addComponents of one name', ['addComponents: { names: w }', 'print: { values: [!B w] }'], []],
    ['addComponents of several', ['addComponents: { names: [v, w], init: [!B labels, !B labels] }', 'print: { values: [!B v, !B w] }'], []],
    ['several results of one function', ["salt: { dst: ['a'], src: [images] }", 'print: { values: [!B a] }'], []],
    ['lists in the list', ['flip: { src: [[images, labels]], dst: [[c1, c2]] }', 'print: { values: [!B c1, !B c2] }'], []],
    ['saved, then read', ['update: { dst: !B new, value: 1 }', 'print: { values: [!B new, !L new] }'], []],
    ['saved as an attribute of the batch', ["update: { dst: { '.': [!B , new] }, value: 1 }", 'print: { values: [!B new] }'], []],
    ['saved under a computed name', ['update: { dst: { B: !C a/b }, value: 1 }', 'print: { values: [!B new] }'], []],
    ['loaded with columns', ['load: { src: a.csv, fmt: csv, dst: kind, columns: { kind: label } }', 'print: { values: [!B kind] }'], []],
    ['written in a block', ['repeat: { times: 2, actions: [{ flip: { dst: a } }] }', 'print: { values: [!B a] }'], []],
    ['a destination that is computed', ['flip: { dst: !C a/b }', 'print: { values: [!B anything] }'], []],
    ['a source that is computed', ['flip: { src: !C a/b }'], []],
    ['what is read before it is written', ['print: { values: [!B a] }', 'flip: { dst: a }'], ['a']],
    ['what rebatch does not keep', ['rebatch: { batchSize: 2, components: [images] }', 'print: { values: [!B labels] }'], ['labels']],
    [
      'what a merge in a block may not have done',
      ['if: { condition: 1, then: [{ merge: { pipelines: [other], components: [images] } }] }', 'print: { values: [!B labels] }'],
      [],
    ],
    ['a source that nothing has loaded', ['normalize: { src: masks }'], ['masks']],
    [
      'inside a block, at any depth',
      ['if: { condition: 1, then: [{ repeat: { times: 2, actions: [{ flip: { src: imagez } }] } }] }'],
      ['imagez'],
    ],
    ['a key of the values that load takes', ['load: { src: { imags: [1] } }'], ['imags']],
    [
      'a component in the feed of a model',
      ['importModel: { name: net, from: other }', 'trainModel: { name: net, feed: { images: !B imagez } }'],
      ['imagez'],
    ],
  ] as const) {
    it(`${expected.length === 0 ? 'accepts' : 'refuses'} ${what}`, () => {
      const found = errorsIn({ main: lines }).filter(({ code }) => code === 'unknown-name')
      expect(found.map(({ details }) => (details as { seen: string }).seen)).to.deep.equal(expected)
    })
  }

  it('in TypeScript a run finds them before its first batch', async () => {
    const data = new Dataset(3, ImagesBatch, { preloaded: { images: NdArray.zeros([3, 2, 2, 1]), labels: [0, 1, 2] } })
    let batches = 0
    const count = () => void batches++
    for (const wrong of [
      data.p.flip({ src: 'imagez' }).call(count),
      data.p.dump({ dst: {}, components: 'imagez' }).call(count),
      data.p.load({ src: { imagez: [1, 2, 3] } as object }).call(count),
      data.p.normalize({ src: 'masks' }).call(count),
      data.p.rebatch(2, { components: ['imagez' as 'images'] }).call(count),
    ]) {
      const error: unknown = await wrong.run(3).catch((error: unknown) => error)
      expect(error).to.be.instanceOf(MillraceError)
      expect((error as MillraceError).code).to.equal('unknown-name')
    }
    expect(batches).to.equal(0)
  })
})
