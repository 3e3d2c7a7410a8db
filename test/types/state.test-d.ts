/** State that is saved and taken back; runs that go on. Read by tsc, never run. */
import { experiment, type Phase, runExperiment } from '../../src/experiment.js'
import { B, restoreStates, saveStates } from '../../src/index.js'
import { ResNet } from '../../src/models.js'
import { mnist } from '../../src/opensets.js'

const data = await mnist()
const train = data.train.p.initModel('dynamic', ResNet, 'resnet').trainModel('resnet', { feed: { images: B('images') } })

await train.saveState('folder')
await train.restoreState('folder')
await train.restoreState('folder', { prefetch: 4, ignoreErrors: error => console.error(error) })
// @ts-expect-error a folder is needed
train.saveState()
// @ts-expect-error which batches there are is part of the state
train.restoreState('folder', { batchSize: 3 })
// @ts-expect-error so is the seed
train.restoreState('folder', { seed: 3 })

await saveStates({ train, copy: train.named('copy') }, 'folder')
await restoreStates({ train }, 'folder', key => ({ prefetch: key.length }))
// @ts-expect-error pipelines by name
saveStates([train], 'folder', 3)
// @ts-expect-error a dataset is no pipeline
restoreStates({ data }, 'folder')

const model = await ResNet.build({}, { name: 'resnet', seed: 1 })
await model.restore('folder')
// @ts-expect-error a folder is needed
model.restore()

const run = { iterations: 10, batch: { batchSize: 4, epochs: null } }
const compare = experiment({
  name: 'compare',
  pipelines: { train },
  run: { ...run, checkpoint: { every: 100, everySeconds: 60, keep: 2 } },
})
experiment({ name: 'compare', pipelines: { train }, run: { ...run, checkpoint: false } })
// @ts-expect-error rounds are a number
experiment({ name: 'compare', pipelines: { train }, run: { ...run, checkpoint: { every: '100' } } })
// @ts-expect-error an unknown setting
experiment({ name: 'compare', pipelines: { train }, run: { ...run, checkpoint: { often: true } } })

const onPhase = (phase: Phase) => {
  if (phase.phase === 'rounds') phase.done satisfies number
  // @ts-expect-error only rounds have been done by an earlier process
  if (phase.phase === 'finished') phase.done
}
await runExperiment(compare, {
  out: 'runs/compare/1',
  resume: true,
  onPhase,
  onWarning: ({ code, message }) => console.warn(code, message),
})
// @ts-expect-error whether, not where
runExperiment(compare, { resume: 'runs/compare/1' })
