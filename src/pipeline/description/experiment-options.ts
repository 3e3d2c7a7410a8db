/** What a file states about a run besides its pipelines. */
import { anyOf, boolean, integer, listOf, number, option, options, string, type ValueOf, type WrittenOf } from '../../options/index.js'
import { batchOptions, ownBatchOptions } from './batch-options.js'

const described = (summary: string): typeof string => ({ ...string, schema: { ...string.schema, description: summary } })
const ofPipeline = described('a pipeline of this file')

/** Seconds between two checkpoints of a run that does not count its rounds. */
export const defaultSeconds = 60

/** `run.checkpoint`. */
export const checkpointOptions = options({
  every: option('rounds between two checkpoints (default: by time alone)', integer({ min: 1 }), { optional: true }),
  everySeconds: option(`seconds between two checkpoints (default: ${defaultSeconds}, without every)`, number({ above: 0 }), {
    optional: true,
  }),
  keep: option('how many are kept', integer({ min: 1 }), { default: 2 }),
})

/** When the state of a run is written, so that `millrace run FILE --resume` can continue from there. */
export interface CheckpointSpec extends WrittenOf<typeof checkpointOptions> {}
export interface CheckpointValues extends ValueOf<typeof checkpointOptions> {}

const afterOptions = options({ pipeline: option('the pipeline', ofPipeline), batch: option('how its batches are taken', batchOptions) })

const everyOptions = options({
  pipeline: option('the pipeline; it takes no turns', ofPipeline),
  rounds: option('it is run after every so many rounds, and after the last one', integer({ min: 1 })),
  batch: option(
    "how its batches are taken (default: as the pipeline says; else each item once, in batches of the run's size)",
    ownBatchOptions,
    {
      optional: true,
    },
  ),
})

/** `run`: how the pipelines of an experiment run. */
export const runSettings = options({
  iterations: option('rounds: in each, every pipeline of turns takes one batch', integer({ min: 0 })),
  turns: option(
    'the pipelines that take turns, in order (default: all that are in neither every nor after)',
    listOf(ofPipeline, { min: 0 }),
    {
      optional: true,
    },
  ),
  batch: option('how batches are taken', batchOptions),
  record: option(
    'variables (pipeline.variable) written to metrics.ndjson after each round and kept in results.json',
    listOf(described('pipeline.variable'), { min: 0 }),
    { default: [] },
  ),
  every: option(
    'pipelines run to their end between rounds, each time from the beginning, e.g. exams on the whole test set',
    listOf(everyOptions, { min: 0 }),
    {
      default: [],
    },
  ),
  after: option('pipelines run once, to their end, after the last round', listOf(afterOptions, { min: 0 }), { default: [] }),
  checkpoint: option('when the state of the run is written, for --resume; false for never', anyOf(checkpointOptions, boolean), {
    optional: true,
  }),
})
