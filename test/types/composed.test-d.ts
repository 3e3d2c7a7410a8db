/** What compiles and what does not, for pipelines made of pipelines and for how they run. */
import { from, mergeMap, of, zip } from 'rxjs'
import { B, C, type Dataset, F, I, ImagesBatch, Lock, type NdArray, type PipelineOf, pullMap, R, template, V } from '../../src/index.js'
import { Linear } from '../support/linear-model.js'
import { type NumbersBatch, numbers } from '../support/numbers.js'

const data = numbers()
const p: PipelineOf<typeof NumbersBatch> = data.p
const images = template(ImagesBatch)
declare const pictures: Dataset<typeof ImagesBatch>

// Blocks get a pipeline over the same batch class.
p.if(
  B('x').at(0).gt(1),
  p => p.scaleX({ by: 2 }),
  p => p.addNoise(),
)
p.if(V('done'), p.scaleX({ by: 2 }))
// @ts-expect-error no such component
p.if(B('images'), p => p.addNoise())
// @ts-expect-error an action of another class
p.if(true, p => p.normalize())
// @ts-expect-error a block is there
p.if(true)
p.repeat(3, p => p.scaleX({ by: 2 })).repeat(C('times'), p => p.addNoise())
// @ts-expect-error how often is a number
p.repeat('three', p => p.addNoise())
// @ts-expect-error an option of the wrong type inside a block
p.repeat(3, p => p.scaleX({ by: 'two' }))
p.sometimes(0.5, p => p.addNoise()).sometimes(V('p'), p => p.addNoise())
// @ts-expect-error a probability is a number
p.sometimes('often', p => p.addNoise())
// @ts-expect-error a function gives the pipeline with its actions
p.sometimes(0.5, () => undefined)
p.skipBatch().stopPipeline()
// @ts-expect-error a condition stands in if
p.skipBatch(B('size').lt(2))
// @ts-expect-error a condition stands in if
p.stopPipeline(true)
p.before(p => p.initVariable('n').loadModel('line', 'models/line')).after(p => p.saveModel('line', 'models/line'))
// @ts-expect-error a block, not a name
p.before('initVariable')
// @ts-expect-error a block, not a name
p.after('saveModel')

// Pipelines put together.
const both: PipelineOf<typeof NumbersBatch> = p.concat(p, template().skipBatch())
// @ts-expect-error a dataset is no pipeline
both.concat(data)
p.join(p, images).call((batch, first, second) => [batch, first, second])
// @ts-expect-error pipelines
p.join('other')
p.merge(p, { components: ['x'] }).merge(p, p)
// @ts-expect-error no such component
p.merge(p, { components: ['images'] })
p.rebatch(10, { components: ['x', 'y'] }).rebatch(C('size'))
// @ts-expect-error no such component
p.rebatch(10, { components: ['z'] })
// @ts-expect-error how many items is a number
p.rebatch('ten')

// Templates, datasets, config.
images.normalize({ scale: C('scale') }).setConfig({ scale: 255 })
template().named('empty').on(data).scaleX({ by: 2 })
images.on(F(() => data)(C('fold'))).normalize({ scale: 2 })
p.setDataset(data).on(data)
// @ts-expect-error a dataset of another batch class: use on
images.setDataset(data)
// @ts-expect-error a batch class
template(data)
// @ts-expect-error a name
p.named(1)
// @ts-expect-error a config is an object
p.setConfig('scale')

// Models, locks, variables.
p.saveModel('line', V('path')).loadModel('line', 'models/line')
// @ts-expect-error where to
p.saveModel('line')
// @ts-expect-error where from
p.loadModel('line')
p.initLock('files', new Lock()).initLock('own').acquireLock('files').releaseLock('files')
// @ts-expect-error a Lock
p.initLock('files', {})
// @ts-expect-error a name
p.acquireLock()
// @ts-expect-error a name
p.releaseLock(1)
p.initVariable('a', { default: 1 })
  .initVariables(['b', 'c'])
  .initVariables({ d: { initOnEachRun: () => [] } })
// @ts-expect-error a misspelt option
p.initVariable('a', { defaults: 1 })
// @ts-expect-error a misspelt option
p.initVariables({ a: { defaults: 1 } })
p.importModel('line', p).initModel('static', Linear, 'other')

// Running.
p.runLater(C('size'), { epochs: C('epochs'), shuffle: 2, prefetch: 2 }).run()
// @ts-expect-error a batch expression has no batch yet
p.runLater(B('x'))
// @ts-expect-error a misspelt option
p.run(3, { prefetched: 2 })
p.run({ batchSize: 3, reset: ['variables'], ignoreErrors: error => console.error(error) })
// @ts-expect-error what a run can reset
p.run(3, { reset: 'everything' })
p.batches$({ batchSize: 3, lookAhead: 2 }, batch => [batch.x.length]).subscribe(length => length + 1)
// @ts-expect-error no such component
p.batches$({ batchSize: 3 }, batch => [batch.images])
p.batches$({ batchSize: 3 })
  .pipe(pullMap(async batch => batch.x.length, { ahead: 2 }))
  .subscribe(length => length + 1)
// @ts-expect-error no such component
p.batches$({ batchSize: 3 }).pipe(pullMap(batch => [batch.images]))
// @ts-expect-error work returns something that can be subscribed to
p.batches$({ batchSize: 3 }).pipe(pullMap(batch => batch.length))
// @ts-expect-error ahead is a number
p.batches$({ batchSize: 3 }).pipe(pullMap(batch => [batch], { ahead: 'one' }))

// Pipelines and datasets are inputs of RxJS.
from(p).subscribe(batch => batch.x.length)
from(data).subscribe(batch => batch.x.length)
// @ts-expect-error no such component
from(p).subscribe(batch => batch.images)
zip(p, images.on(pictures)).subscribe(([batch, image]) => [batch.x, image.images])
of(1, 2)
  .pipe(mergeMap(() => p))
  .subscribe(batch => batch.y)
export async function loops() {
  for await (const batch of p.runLater(3)) batch.x.length
  // @ts-expect-error no such component
  for await (const batch of data) batch.images
}
p.reset('variables', 'iterator')
// @ts-expect-error what can be reset
p.reset('everything')
async function state() {
  const x: NdArray = (await p.executeFor([1, 2], { number: 3, seed: 4 })).x
  // @ts-expect-error ids are a list
  await p.executeFor(1)
  await p.start({ seed: 2 })
  // @ts-expect-error a seed is a number
  await p.start({ seed: 'two' })
  p.v('n')
  p.setVariable('n', 3, { mode: 'append' })
  // @ts-expect-error a mode that does not exist
  p.setVariable('n', 3, { mode: 'prepend' })
  p.m('line').save('models/line')
  await p.finish()
  await p.finish({ signal: new AbortController().signal })
  // @ts-expect-error a signal is no number
  await p.finish({ signal: 1 })
  p.dispose()
  const lock = new Lock()
  await lock.acquire(p, new AbortController().signal)
  lock.release(p)
  // @ts-expect-error whether it is held is read, not set
  lock.isHeld = true
  return x
}
void [state, I, R]
