/** A default is a fact of a schema: it stands there as `default`, and no code repeats it. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import { ImagesBatch } from '../../src/dataset/index.js'
import { registry } from '../../src/experiment.js'
import type { ActionRow } from '../../src/pipeline/description/action-row.js'
import { actionTable } from '../../src/pipeline/description/action-table.js'
import { assembleSchema } from '../../src/pipeline/description/schema/assemble-schema.js'
import { chartTable } from '../../src/report/charts/table.js'
import type { JsonSchema } from '../../src/util/json.js'
import { optionsOf } from './support/schemas.js'

const source = new URL('../../src/', import.meta.url)
const filesIn = (folder: string) =>
  readdirSync(new URL(folder, source), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts'))
    .map(file => [`${folder}/${file}`, readFileSync(new URL(`${folder}/${file}`, source), 'utf8')] as const)

const coreActions = Object.fromEntries(Object.entries<ActionRow>(actionTable).map(([name, { args }]) => [name, { schema: args.schema }]))

/** Tables of rows with schemas, and the folders with the code that does what the rows describe. */
const tables: Readonly<
  Record<string, { readonly rows: Readonly<Record<string, { readonly schema: JsonSchema }>>; readonly folders: readonly string[] }>
> = {
  'core action': { rows: coreActions, folders: ['pipeline/run/handlers', 'pipeline/run/saving', 'metrics'] },
  'batch action': { rows: ImagesBatch.actions, folders: ['dataset/actions', 'dataset/images/actions', 'dataset/items'] },
  chart: { rows: chartTable, folders: ['report/charts'] },
  openset: { rows: registry.opensets, folders: ['dataset/opensets'] },
}

interface Shown {
  readonly name: string
  readonly value: unknown
}

/** The defaults in an object schema and in objects in it. */
function defaultsIn(schema: JsonSchema): readonly Shown[] {
  return Object.entries(optionsOf(schema)).flatMap(([name, property]) => [
    ...(property.default === undefined ? [] : [{ name, value: property.default }]),
    ...defaultsIn(property),
  ])
}

/** A literal as code writes it. */
const literal = (value: unknown) => (typeof value === 'string' ? `'${value}'` : JSON.stringify(value))
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** True if a text sets this default of an option itself: `option = 5`, `option: other = 5`, `options.option ?? 5`. */
const repeats = (text: string, { name, value }: Shown) =>
  new RegExp(
    `[{,]\\s*${name}(: \\w+)? = ${escaped(literal(value))}(?=[\\s,}])|\\b${name} \\?\\? ${escaped(literal(value))}(?![\\w.'])`,
  ).test(text)

/** The defaults that a file could repeat: those of the rows it exports, or of all rows of its table where it exports none. */
function defaultsFor(text: string, rows: Readonly<Record<string, { readonly schema: JsonSchema }>>): readonly Shown[] {
  const own = Object.keys(rows).filter(name => new RegExp(`export (const|function|class) ${name}\\b`).test(text))
  return (own.length > 0 ? own : Object.keys(rows)).flatMap(name => defaultsIn(rows[name]!.schema))
}

describe('contract: defaults', () => {
  for (const { rows, folders } of Object.values(tables)) {
    for (const [file, text] of folders.flatMap(filesIn)) {
      it(`defaults: none of a schema is repeated in ${file}`, () => {
        const repeated = defaultsFor(text, rows).filter(shown => repeats(text, shown))
        expect([...new Set(repeated.map(({ name }) => name))]).to.deep.equal([])
      })
    }
  }

  it('are found where they stand twice', () => {
    for (const text of ['({ angle = 5, fill = 0 }: Options)', '{ angle: turn = 5 }', 'options.angle ?? 5', 'angle ?? 5,']) {
      expect(repeats(text, { name: 'angle', value: 5 }), text).to.equal(true)
    }
    for (const text of ['({ angle = 50 })', 'const angle = 5', 'rectangle ?? 5', 'angle ?? 5.5', "angle ?? '5'"]) {
      expect(repeats(text, { name: 'angle', value: 5 }), text).to.equal(false)
    }
    expect(repeats("{ mode = 'lr' }", { name: 'mode', value: 'lr' })).to.equal(true)
  })

  /** A default stated in a description as one word or number, not as a sentence on where it comes from. */
  const said = /\bdefault:? (?!all\))(-?[\w.]+)\)|(\w+) \(default\)|\bDefault (-?[\w.]+?)\.$/
  const spoken = new Set<string>()
  const walk = (schema: unknown, path: string): void => {
    if (typeof schema !== 'object' || schema === null) return
    const { description, default: standard } = schema as JsonSchema
    if (typeof description === 'string' && said.test(description) && standard === undefined) spoken.add(path)
    for (const [key, item] of Object.entries(schema))
      walk(item, /^(properties|definitions|anyOf|\d+)$/.test(key) ? path : `${path} ${key}`.trim())
  }
  walk(assembleSchema(registry), '')
  for (const path of spoken) {
    it(`defaults: ${path} is a keyword of the schema`, () => expect.fail('the description states a default that the schema lacks'))
  }
})
