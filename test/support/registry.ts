/** A small registry for tests of the YAML door: digits with two parts, two kinds of models, two charts. */

import type { ChartReference } from '../../src/contracts/charts.js'
import type { ConfigProblem, ModelClass } from '../../src/pipeline/description/contracts.js'
import type { Registry } from '../../src/pipeline/description/registry.js'
import type { JsonObject } from '../../src/util/json.js'

const images = {
  name: 'ImagesBatch',
  components: ['images', 'labels'],
  actions: {
    normalize: {
      summary: 'divides a component by a number',
      schema: {
        type: 'object',
        properties: {
          scale: { type: 'number', exclusiveMinimum: 0, description: 'the divisor' },
          component: { type: 'string', default: 'images' },
          dst: { type: 'string', description: 'where the result is put' },
        },
        required: ['scale'],
        additionalProperties: false,
      },
      apply: () => {},
    },
    flip: {
      summary: 'mirrors images',
      schema: {
        type: 'object',
        properties: {
          axis: { enum: ['horizontal', 'vertical'], default: 'horizontal' },
          size: {
            anyOf: [
              { type: 'integer', minimum: 1 },
              { type: 'array', items: { type: 'integer' }, minItems: 2, maxItems: 2 },
            ],
          },
        },
        additionalProperties: false,
      },
      apply: () => {},
    },
  },
} as const

const known = ['inputs', 'loss', 'optimizer', 'body/filters', 'body/block/se_block', 'body/block/layout', 'depth']

/** A model class that knows a few keys and can be built by nobody. */
export function modelClass(name: string): ModelClass {
  return {
    name,
    checkConfig(config: JsonObject) {
      const errors: ConfigProblem[] = []
      const notes: ConfigProblem[] = []
      for (const key of Object.keys(config)) {
        if (key === 'input_block/inputs') notes.push({ path: [key], what: `${key} is an old name`, fix: 'Write initial_block/inputs' })
        else if (!known.includes(key)) errors.push({ path: [key], what: `${name} has no config key ${key}`, allowed: known.join(', ') })
      }
      if ('depth' in config && typeof config.depth !== 'number') errors.push({ path: ['depth'], what: 'depth must be a number' })
      return { errors, notes }
    },
    build: () => Promise.reject(new Error('this model is only a name')),
  }
}

interface Series {
  readonly title: string
  readonly series: Readonly<Record<string, string>>
}

const seriesSchema = {
  type: 'object',
  properties: { title: { type: 'string' }, series: { type: 'object', additionalProperties: { type: 'string' }, minProperties: 1 } },
  required: ['series'],
  additionalProperties: false,
}

const references = ({ series }: Series): ChartReference[] => Object.entries(series).map(([key, ref]) => ({ ref, path: ['series', key] }))

export const registry: Registry = {
  opensets: {
    mnist: {
      summary: 'handwritten digits',
      schema: { type: 'object', properties: { folder: { type: 'string', description: 'where its files lie' } } },
      parts: ['train', 'test'],
      batchClass: images,
      attributes: ['classes'],
      load: () => Promise.reject(new Error('this dataset is only a name')),
    },
  },
  models: { ResNet: modelClass('ResNet'), LinearModel: modelClass('LinearModel') },
  charts: {
    curves: { summary: 'lines over iterations', schema: seriesSchema, variables: references },
    parameters: {
      summary: 'parameter counts',
      schema: seriesSchema,
      variables: () => [],
      models: references,
    },
  },
}
