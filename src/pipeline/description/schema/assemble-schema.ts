/** JSON Schema (draft 7) of a YAML file, put together from the action table and the registry: for validation and for editors. */
import type { JsonSchema } from '../../../util/json.js'
import { ownBatchOptions, seed } from '../batch-options.js'
import { runSettings } from '../experiment-options.js'
import type { Registry } from '../registry.js'
import { actionSchemas, toDraft07 } from './action-schemas.js'
import { destinationDefinition, expressionDefinition, plainExpressionSchema } from './expression-schemas.js'
import { modelSchemas } from './model-schemas.js'
import { reference, withReferences } from './references.js'

export interface SchemaOptions {
  /**
   * True if the schema itself admits expressions where they are allowed, as editors need. Default true. Without them it is what values
   * must be once expressions are set aside, which yields errors without alternatives.
   */
  readonly expressions?: boolean
}

/** The sections of a file. */
export const sectionNames: readonly string[] = [
  'name',
  'title',
  'description',
  'seed',
  'vars',
  'configs',
  'datasets',
  'pipelines',
  'run',
  'report',
]

const name = (description: string) => ({ type: 'string', minLength: 1, description })
const free = (description: string) => ({ type: 'object', description })

/**
 * The schema of a whole file.
 *
 * @example
 * import { Ajv } from 'ajv'
 * new Ajv({ allErrors: true }).compile(assembleSchema(registry))
 */
export function assembleSchema(registry: Registry, { expressions = true }: SchemaOptions = {}): JsonSchema {
  const actions = actionSchemas(registry, expressions)
  const inherits = (what: string) => ({
    anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
    description: `${what} it inherits what it does not set`,
  })
  // An overlay writes what it changes: what it inherits is not missing.
  const partial = ({ required: _, not: __, allOf: ___, ...schema }: JsonSchema): JsonSchema => schema
  const writable = expressions ? partial : (schema: JsonSchema) => schema
  const runKeys = runSettings.schema.properties as Readonly<Record<string, JsonSchema>>
  const partialRun = { required: [], properties: { ...runKeys, batch: partial(runKeys.batch!) } }
  // It changes items of lists by their positions.
  const listOf = (items: JsonSchema): JsonSchema => {
    const list = { type: 'array', items }
    return expressions ? { anyOf: [list, { type: 'object', patternProperties: { '^\\d+$': {} }, additionalProperties: false }] } : list
  }
  const pipeline = {
    type: 'object',
    properties: {
      ...(expressions ? { extends: inherits('the pipelines from which') } : {}),
      template: { type: 'boolean', default: false, description: 'true if it is only there to be extended: it takes no turns, no batches' },
      dataset: name('where its batches come from: a part of a dataset of this file, e.g. mnist.train'),
      config: { type: 'object', default: {}, description: 'what C reads: !C path/to/value' },
      // It takes precedence over that of the run.
      batch: { ...writable(ownBatchOptions.schema), description: 'how this pipeline takes its batches; overrides that of the run' },
      before: { ...listOf(actions.item), description: 'actions performed once, before the first batch of a run' },
      actions: { ...listOf(actions.item), description: 'actions performed on each batch, in order' },
      after: {
        ...listOf(actions.item),
        description: 'actions performed once, at the end of a run: of a pipeline in turns, after the last round; not of an interrupted run',
      },
    },
    required: expressions ? [] : ['actions'],
    additionalProperties: false,
  }
  const schema: JsonSchema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Millrace experiment',
    type: 'object',
    properties: {
      ...(expressions ? { extends: inherits('the files from which') } : {}),
      name: {
        type: 'string',
        pattern: '^[\\w][\\w .-]*$',
        $comment: 'text of letters, digits, spaces, _ . and -',
        description: "the name of its run folders (default: the file's name)",
      },
      title: { type: 'string', description: 'the heading of its report (default: the name)' },
      description: { type: 'string', default: '', description: 'paragraphs of text above the charts' },
      seed: { ...seed.schema, default: 0, description: 'initial weights, dropout, augmentation and shuffle: true derive from it' },
      vars: free('values of your own, for ${vars.name}'),
      configs: { ...free('fragments by name, usually model configs, for ${configs.name}'), additionalProperties: { type: 'object' } },
      datasets: { ...free('where data comes from, by name'), additionalProperties: datasetSchema(registry) },
      pipelines: { ...free('the pipelines, by name'), additionalProperties: pipeline, minProperties: 1 },
      run: { ...runSettings.schema, ...(expressions && partialRun), description: 'how the pipelines run' },
      report: {
        type: 'object',
        description: 'what is reported',
        properties: { charts: { ...listOf(chartSchema(registry)), default: [], description: 'the charts, from top to bottom' } },
        additionalProperties: false,
      },
    },
    required: expressions ? [] : ['pipelines', 'run'],
    additionalProperties: false,
    definitions: actions.definitions,
  }
  if (!expressions) return schema
  const { definitions, initModel } = modelSchemas(registry, actions.definitions['action-initModel']!)
  return withReferences(
    { ...schema, definitions: { ...actions.definitions, 'action-initModel': initModel } },
    {
      expression: expressionDefinition,
      'plain-expression': plainExpressionSchema(),
      destination: destinationDefinition,
      reference,
      ...definitions,
    },
  )
}

function datasetSchema({ opensets }: Registry): JsonSchema {
  const openset = { enum: Object.keys(opensets), description: 'the source of the data' }
  return {
    type: 'object',
    properties: { openset },
    required: ['openset'],
    // While the source is unknown, an option of any source may be meant.
    if: { not: { required: ['openset'] } },
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
    then: {
      properties: Object.assign({}, ...Object.values(opensets).map(({ schema }) => schema.properties), { openset: {} }),
      additionalProperties: false,
    },
    allOf: Object.entries(opensets).map(([key, { schema, summary }]) => ({
      if: { properties: { openset: { const: key } }, required: ['openset'] },
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
      then: toDraft07({
        additionalProperties: false,
        ...schema,
        description: summary,
        properties: { openset: {}, ...(schema.properties as object | undefined) },
      }),
    })),
  }
}

function chartSchema({ charts }: Registry): JsonSchema {
  return {
    type: 'object',
    description: 'one chart: its kind is the only key, its options the value',
    properties: Object.fromEntries(
      Object.entries(charts).map(([kind, { schema, summary }]) => [kind, toDraft07({ description: summary, ...schema })]),
    ),
    minProperties: 1,
    maxProperties: 1,
    additionalProperties: false,
  }
}

/** The schema as the text of `schema/millrace.schema.json`. */
export function formatSchema(registry: Registry): string {
  return `${JSON.stringify(assembleSchema(registry), null, 2)}\n`
}
