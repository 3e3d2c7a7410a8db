/** A dataset of numbers for tests of pipelines: x = 0 … n−1 and y = 2·x, over a batch class with two actions. */
import { component, Dataset, defineBatch } from '../../src/dataset/index.js'
import { normalAt } from '../../src/util/seeds.js'

export const NumbersBatch = defineBatch({
  name: 'NumbersBatch',
  components: { x: component.array('numbers, [n]'), y: component.array('twice the numbers, [n]') },
  actions: {
    scaleX: {
      summary: 'Multiplies x.',
      schema: { type: 'object', properties: { by: { type: 'number' } }, required: ['by'], additionalProperties: false },
      apply: (batch, { by }: { by: number }) => {
        batch.x = batch.x.cast('float32', by)
      },
    },
    addNoise: {
      summary: 'Adds noise to x.',
      schema: { type: 'object', properties: {}, additionalProperties: false },
      apply: (batch, _options: {}, { seed }) => {
        for (let i = 0; i < batch.length; i++) batch.x.data[i]! += normalAt(seed, i)
      },
    },
  },
})

export function numbers(length = 10, name = 'numbers') {
  const x = Float32Array.from({ length }, (_, i) => i)
  return new Dataset(length, NumbersBatch, { name, preloaded: { x, y: x.map(value => 2 * value) } })
}
