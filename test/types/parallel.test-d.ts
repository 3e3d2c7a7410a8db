/** Actions that work item by item: what compiles and what does not. Read by tsc, never run. */
import {
  B,
  closeWorkers,
  component,
  Dataset,
  defineBatch,
  ImagesBatch,
  type ItemContext,
  itemAction,
  NdArray,
  P,
  type PipelineOf,
  PP,
  R,
  V,
} from '../../src/index.js'

const blur = itemAction({
  summary: 'Blurs images.',
  schema: {},
  parallel: { module: import.meta.url, export: 'blur' },
  apply: (image: NdArray, { radius }: { radius: number; edge?: 'wrap' | 'reflect' }, { seed, position, allocate }: ItemContext) => {
    seed satisfies number
    position satisfies number
    return allocate(image.shape, radius > 1 ? image.dtype : 'float32')
  },
})
const relabel = itemAction({ summary: 'Names labels.', schema: {}, src: 'labels', apply: async (label: number) => `class ${label}` })
const Photos = defineBatch({
  name: 'Photos',
  extends: ImagesBatch,
  components: { names: component.list<string>('names') },
  actions: { blur, relabel },
})
const p: PipelineOf<typeof Photos> = new Dataset(3, Photos).p

// Built-in and own actions are methods, with their options and those of every such action.
p.blur({ radius: 2 })
  .relabel({ dst: 'names' })
  .rotate({ angle: 10, resample: 'bilinear', p: 0.5, parallel: { workers: 2 } })
  .blur({ radius: 3, edge: 'wrap', src: ['images', 'masks'], parallel: { concurrency: 2 } })
  .crop({ shape: [24, 24], origin: 'random' })
  .crop({ shape: 24, origin: [0.5, 0.5], fill: [1, 2, 3], cropBoundaries: true })
  .scale({ factor: [1, 2], preserveShape: true, resample: 'area' })
  .resize({ size: [null, 32] })
  .pad({ offset: [1, 2, 3, 4] })
  .flip()
  .shift({ offset: [1, -1], mode: 'wrap' })
  .salt({ pNoise: 0.1, size: [1, 2] })
  .cutout({ shape: 3, color: 255 })
  .invert({ channels: [0] })
  .clip({ low: 0, high: 1 })
  .multiply({ multiplier: [1, 2] })
  .add({ term: 3, clip: true })
  .additiveNoise({ noise: ['normal', 0, 10] })
  .multiplicativeNoise({ noise: ['uniform', 0.5, 1.5] })
  .putOnBackground({ background: NdArray.zeros([9, 9]), origin: 'center' })
  .elasticTransform({ alpha: 3, sigma: 2 })
  .splitToPatches({ patchShape: [8, 8], stride: 4, dropLast: true, dst: 'patches' })

// Options may be expressions, one value for all or one an item.
p.rotate({ angle: P(R('uniform', -10, 10)), p: V('often') })
  .blur({ radius: PP(R('integers', 1, 4)) })
  .add({ term: P(B('labels')) })

// @ts-expect-error a required option
p.blur()
// @ts-expect-error a required option
p.rotate({ p: 0.5 })
// @ts-expect-error a wrong type
p.rotate({ angle: 'ten' })
// @ts-expect-error a misspelt option
p.rotate({ angel: 10 })
// @ts-expect-error a value that is not allowed
p.blur({ radius: 1, edge: 'mirror' })
// @ts-expect-error an expression over a component that is not there
p.rotate({ angle: P(B('angles')) })
// @ts-expect-error a misspelt key
p.flip({ parallel: { worker: 2 } })
// @ts-expect-error where a built-in action lives is known
p.flip({ parallel: { module: './flip.js' } })
// @ts-expect-error no such origin
p.crop({ shape: 3, origin: 'middle' })
// @ts-expect-error three sides
p.pad({ offset: [1, 2, 3] })
// @ts-expect-error no resampling of this name
p.resize({ size: [3, 3], resample: 'cubic' })

// Functions of one's own.
p.applyParallel({ src: 'images', fn: (image: NdArray) => image })
  .applyParallel({ src: [['images', 'masks']], dst: 'both', fn: ([a, b]: readonly NdArray[]) => [a, b] })
  .applyParallel({ src: ['images'], options: { radius: P(R('uniform')) }, parallel: { module: './blur.js', export: 'blur', workers: 2 } })
  .applyParallel({ src: 'images', parallel: { module: new URL('./blur.js', import.meta.url) }, per: 'batch', p: 0.5 })
// @ts-expect-error what is read must be told
p.applyParallel({ fn: (image: NdArray) => image })
// @ts-expect-error a function, not its name
p.applyParallel({ src: 'images', fn: 'blur' })
// @ts-expect-error items or the batch
p.applyParallel({ src: 'images', fn: (image: NdArray) => image, per: 'image' })

closeWorkers() satisfies Promise<void>
