/** What datasets and batches must refuse to compile. Read by tsc, never run. */
import { batchAction, component, Dataset, defineBatch, ImagesBatch } from '../../src/dataset/index.js'
import { type OpensetName, opensets } from '../../src/opensets.js'
import { number, option, options } from '../../src/options/index.js'
import type { NdArray } from '../../src/util/nd-array.js'

declare const images: NdArray
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <A, B>(_: Equal<A, B>) => undefined

const data = new Dataset(3, ImagesBatch, { preloaded: { images, labels: [1, 2, 3] } })
const batch = data.split(0.8).train.batchByPos([0])

// A batch has its declared components, with their types.
same<typeof batch.images, NdArray>(true)
same<ReturnType<typeof batch.get<'images'>>, NdArray | undefined>(true)
// @ts-expect-error a misspelt component
batch.imges
// @ts-expect-error a component holds arrays
batch.images = 3
// @ts-expect-error labels of another type
batch.set('labels', 3)

// A dataset takes the components of its class.
// @ts-expect-error a misspelt component
new Dataset(3, ImagesBatch, { preloaded: { image: images } })
// @ts-expect-error a batch class is needed, not its batches
new Dataset(3, batch)
// @ts-expect-error a misspelt component
data.get('imges')
// @ts-expect-error a class without components has none
new Dataset(3).batchByPos([0]).images

// Pipelines over it have its actions, with their options.
data.p
  .normalize({ scale: 255, mean: [0.1], dst: 'images' })
  .toArray({ dtype: 'int32' })
  .normalize()
// @ts-expect-error a misspelt action
data.p.normalise({ scale: 255 })
// @ts-expect-error a wrong type
data.p.normalize({ scale: '255' })
// @ts-expect-error a misspelt option
data.p.normalize({ scales: 255 })
// @ts-expect-error a dtype that does not exist
data.p.toArray({ dtype: 'float16' })

// Walks.
data.nextBatch(3, { shuffle: 2, epochs: null })
data.genBatch({ batchSize: 3, iterations: 4 })
// @ts-expect-error a misspelt option
data.nextBatch(3, { shufle: 2 })
// @ts-expect-error no batch size
data.genBatch({ epochs: 1 })
data.genBatch(3, { shuffle: (order, epoch) => (epoch === 0 ? order : order.reverse()), tail: 'short' })
// @ts-expect-error an order is positions
data.genBatch(3, { shuffle: () => ['a'] })
// @ts-expect-error a tail that does not exist
data.genBatch(3, { tail: 'glue' })

// Batch classes.
const SoundBatch = defineBatch({
  name: 'SoundBatch',
  components: { waves: component.array('samples'), words: component.list<string>('what is said') },
  actions: {
    amplify: {
      summary: 'Multiplies the waves.',
      schema: {},
      apply: (batch, { by }: { by: number }) => {
        batch.waves = batch.waves.cast('float32', by)
        same<typeof batch.words, readonly string[]>(true)
        // @ts-expect-error a misspelt component
        batch.wave
      },
    },
    soften: batchAction({
      summary: 'Divides the waves.',
      options: options({ by: option('the divisor', number({ above: 0 }), { default: 2 }) }),
      apply: (batch, { by }) => {
        by satisfies number
        batch.set('waves', batch.require('waves'))
        // @ts-expect-error a misspelt option
        ;({ by }).bi
      },
    }),
    silence: { summary: 'Takes the words away.', schema: {}, apply: batch => batch.set('words', []) },
  },
})
const sounds = new Dataset(2, SoundBatch)
sounds.p.amplify({ by: 2 }).silence().soften().soften({ by: 3 })
// @ts-expect-error a wrong type
sounds.p.soften({ by: '3' })
// @ts-expect-error a required option
sounds.p.amplify({})
// @ts-expect-error no options at all
sounds.p.silence({ by: 2 })
// @ts-expect-error an action of another class
sounds.p.normalize()
// @ts-expect-error actions give batches, not values of other kinds
SoundBatch.fromData({ words: [1, 2] })

const Labelled = defineBatch({ name: 'Labelled', extends: SoundBatch, components: { labels: component.array('classes') } })
same<(typeof Labelled)['components'][number], 'waves' | 'words' | 'labels'>(true)
new Dataset(2, Labelled).p.amplify({ by: 2 })
// @ts-expect-error neither its own nor of the class it extends
new Dataset(2, Labelled).batchByPos([0]).images

// Open sets.
same<
  OpensetName,
  | 'mnist'
  | 'files'
  | 'images'
  | 'shapes'
  | 'digitScenes'
  | 'digits'
  | 'iris'
  | 'wine'
  | 'breastCancer'
  | 'fashionMnist'
  | 'kmnist'
  | 'cifar10'
  | 'cifar100'
>(true)
opensets.iris.load({ train: 0.5 }).then(data => data.test.batchByPos([0]).features.shape)
opensets.shapes.load({ kinds: ['disc'], length: { train: 10 } }).then(data => data.test.batchByPos([0]).masks.shape)
// @ts-expect-error no kind of shape
opensets.shapes.load({ kinds: ['disk'] })
opensets.files
  .load({ path: { images: 'images.npy' }, train: 0.9 })
  .then(data => data.test.batchByPos([0]))
  .then(batch => batch.images)
opensets.images.load({ path: 'scans/*.png' }).then(data => data.train.p.load({ fmt: 'image', dst: 'images' }))
// @ts-expect-error a path is needed
opensets.files.load({ train: 0.9 })
opensets.mnist.load({ folder: 'data' }).then(data => data.train.p.normalize({ scale: 255 }))
// @ts-expect-error a misspelt option
opensets.mnist.load({ foldr: 'data' })
