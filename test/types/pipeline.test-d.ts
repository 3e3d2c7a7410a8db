/** What compiles and what does not, for pipelines. The compiler is the test: an expected error that does not come is an error. */
import { B, type Expression, type NdArray, type PipelineOf, V } from '../../src/index.js'
import { Linear } from '../support/linear-model.js'
import { type NumbersBatch, numbers } from '../support/numbers.js'

const p: PipelineOf<typeof NumbersBatch> = numbers().p

// Actions of the batch class are methods, with their options.
const scaled: PipelineOf<typeof NumbersBatch> = p.scaleX({ by: 2 })
scaled
  .scaleX({ by: B('y').at(0) })
  .addNoise()
  .addNoise({})
  .scaleX({ by: V('factor') })
// @ts-expect-error an action the class does not have
p.scaleZ({ by: 2 })
// @ts-expect-error a required option is missing
p.scaleX()
// @ts-expect-error an option of the wrong type
p.scaleX({ by: 'two' })
// @ts-expect-error a misspelt option
p.scaleX({ bye: 2 })
// @ts-expect-error an expression over a component the class does not have
p.scaleX({ by: B('z').at(0) })

// Components are checked wherever expressions go.
p.trainModel('line', { feed: { x: B('x'), y: B('y').mul(2) } })
p.trainModel('line', { feed: { x: B('x'), y: 1 } })
p.trainModel('line', { feed: { x: B('size'), y: B.indices } })
p.update(V('n'), B('x').at(B('y').at(0)))
p.update(V('n'), [1, { a: V('n') }]).update(V('n'), 'text')
// @ts-expect-error no such component
p.update(V('n'), B('images'))
// @ts-expect-error B.images is typed by its name
p.update(V('n'), B.images)
// @ts-expect-error no such component
p.trainModel('line', { feed: { x: B('images') } })
// @ts-expect-error nor inside arithmetic
p.trainModel('line', { feed: { x: B('x').add(B('images')) } })
// @ts-expect-error a feed is needed
p.trainModel('line', {})
// @ts-expect-error predictModel says what to fetch and where it goes
p.predictModel('line', { feed: { x: B('x') } })
// @ts-expect-error a mode that does not exist
p.predictModel('line', { feed: { x: B('x') }, fetches: 'loss', saveTo: V('l'), mode: 'prepend' })

// Models.
p.initModel('static', (_config, tf) => tf.sequential(), 'own')
p.initModel('dynamic', Linear, 'line', { config: { rate: 0.1, size: B('x').attr('shape') } })
// @ts-expect-error a mode that does not exist
p.initModel('lazy', Linear, 'line')
// @ts-expect-error the name is missing
p.initModel('static', Linear)
p.importModel('line', p)
// @ts-expect-error a model is imported from a pipeline
p.importModel('line', 'fit')

// Running.
p.run(3)
p.run(3, { epochs: 2, shuffle: 7 })
p.nextBatch({ batchSize: 3, epochs: null })
// @ts-expect-error a misspelt option
p.run(3, { epoch: 2 })
// @ts-expect-error shuffle is true, false or a seed
p.run(3, { shuffle: 'yes' })
p.runLater(3, { epochs: 2 }).run()
// @ts-expect-error a misspelt option
p.runLater(3, { epoch: 2 })

// Batches are typed by their class.
async function batches() {
  const x: NdArray = (await p.nextBatch(3)).x
  for await (const batch of p.genBatch(3))
    batch.y.length + x.length
    // @ts-expect-error no such component
  ;(await p.nextBatch(3)).images
}
void batches

// Expressions keep track of what they read.
const both: Expression<'x' | 'y'> = B('x').add(B('y'))
// @ts-expect-error this one reads y too
const one: Expression<'x'> = B('x').add(B('y'))
void [both, one]
