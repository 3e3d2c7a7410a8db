/** What goes wrong between pipelines that take turns. */
import { listNames } from '../did-you-mean.js'
import type { MessageTable } from '../message.js'

export const experimentMessages = {
  'pipeline-not-in-experiment': ({ model, pipelines }: { model: string; pipelines: readonly string[] }) => ({
    what: `model ${model} is imported from a pipeline that is not in the experiment`,
    allowed: `one of its pipelines: ${listNames(pipelines)}`,
    fix: 'Give the very pipeline the model is imported from: each method makes another one',
  }),
  'too-few-batches': ({ wanted, total, dataset }: { wanted: number; total: number; dataset: string }) => ({
    what: `${wanted} iterations need as many batches, and ${dataset} gives ${total}`,
    fix: 'Write epochs: null in run.batch for batches without end, or ask for fewer iterations',
  }),
  'endless-after': ({ pipeline }: { pipeline: string }) => ({
    what: `pipeline ${pipeline} would take batches for ever, and what comes after the rounds has to end`,
    seen: 'epochs: null without iterations',
    fix: 'Give epochs: 1 for each item once, or a number of iterations',
  }),
  'checkpoint-rescued': ({ model, folder, rescue, reason }: { model: string; folder: string; rescue: string; reason: string }) => ({
    what: `the weights of ${model} could not be written to ${folder}, so they were written to ${rescue} instead`,
    seen: reason,
    fix: 'Copy them to a disk with space before the temporary folder is cleared',
  }),
  'checkpoint-not-written': ({ model, folder, reason }: { model: string; folder: string; reason: string }) => ({
    what: `the weights of ${model} could not be written to ${folder}`,
    seen: reason,
    fix: 'The results and the report are not touched by this. Free space and run again if you need the weights',
  }),
  'dataset-not-described': ({ name, openset }: { name: string; openset: string }) => ({
    what: `dataset ${name} was made in TypeScript: this description alone cannot load it`,
    seen: `openset ${openset}`,
    fix: 'Run the TypeScript program that describes it',
  }),
} satisfies MessageTable
