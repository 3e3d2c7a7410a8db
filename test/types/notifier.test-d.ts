/** What compiles and what does not, for `print`, `profile` and notifiers. */
import {
  B,
  I,
  type Logger,
  type NotifierEvent,
  type NotifierOptions,
  type PipelineOf,
  type ProfileRow,
  setLogger,
  V,
} from '../../src/index.js'
import { type NumbersBatch, numbers } from '../support/numbers.js'

const data = numbers()
const p: PipelineOf<typeof NumbersBatch> = data.p

// print takes values of any kind; components are those of the batch class.
p.print()
p.print('loss', V('loss'), 1, [I()], { n: B('x').at(0) })
p.print({ loss: V('loss') }, { label: 'train' }).scaleX({ by: 2 })
p.before(q => q.print('begin'))
// @ts-expect-error no such component
p.print(B('images'))
// @ts-expect-error nor inside an object
p.print({ images: B('images') })

// Lines go to any function.
const lines: string[] = []
setLogger(line => lines.push(line))
setLogger()
const logger: Logger = line => line.length
setLogger(logger)
// @ts-expect-error a logger takes text
setLogger((line: number) => line)

// profile is an option of a run; its rows are typed.
p.run(3, { profile: true })
p.nextBatch(3, { profile: true })
const rows: readonly ProfileRow[] = p.profile
rows.map(({ name, calls, totalMs, meanMs, share, tensors }): [string, number, number | null] => [
  name,
  calls + totalMs + meanMs + share,
  tensors,
])
p.profileTable().split('\n')
// @ts-expect-error true or false
p.run(3, { profile: 2 })
// @ts-expect-error rows are read only
rows[0].calls = 1
// @ts-expect-error the table is text
p.profileTable().rows

// A notifier is true, 'bar', a function or options.
p.run(3, { notifier: true })
p.run(3, { notifier: 'bar' })
p.genBatch(3, { notifier: ({ batch, total, variables }) => [batch, total ?? 0, variables.loss ?? 0] })
p.nextBatch(3, { notifier: { bar: true, frequency: 10, variables: ['loss'], chart: 'losses.html', file: 'log.ndjson' } })
p.run(3, { notifier: { callback: async (_: NotifierEvent) => undefined, stream: process.stdout } })
p.runLater(3, { notifier: true })
const options: NotifierOptions = { chart: true, variables: ['loss'] }
p.batches$({ batchSize: 3, notifier: options })
// @ts-expect-error another word
p.run(3, { notifier: 'n' })
// @ts-expect-error a misspelt option
p.run(3, { notifier: { frequancy: 2 } })
// @ts-expect-error a callback takes an event
p.run(3, { notifier: (batch: number) => batch })
// @ts-expect-error a stream can be written to
p.run(3, { notifier: { stream: {} } })

// Datasets are watched the same way.
data.genBatch(3, { notifier: true })
data.nextBatch(3, { notifier: ({ pipeline }) => pipeline.length })
// @ts-expect-error another word
data.genBatch(3, { notifier: 'n' })
