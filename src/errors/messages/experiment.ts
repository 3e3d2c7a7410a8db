/** What goes wrong between pipelines that take turns. */
import { listNames } from '../did-you-mean.js'
import type { MessageTable } from '../message.js'

export const experimentMessages = {
  'pipeline-not-in-experiment': ({ action, model, pipelines }: { action: string; model?: string; pipelines: readonly string[] }) => ({
    what: `${model === undefined ? `${action} names` : `model ${model} is imported from`} a pipeline that is not in the experiment`,
    allowed: `one of its pipelines: ${listNames(pipelines)}`,
    fix: `Give the very pipeline ${model === undefined ? 'that is named' : 'the model is imported from'}: each method makes another one`,
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
  'weights-rescued': ({ model, folder, rescue, reason }: { model: string; folder: string; rescue: string; reason: string }) => ({
    what: `the weights of ${model} could not be written to ${folder}, so they were written to ${rescue} instead`,
    seen: reason,
    fix: 'Copy them to a disk with space before the temporary folder is cleared',
  }),
  'weights-not-written': ({ model, folder, reason }: { model: string; folder: string; reason: string }) => ({
    what: `the weights of ${model} could not be written to ${folder}`,
    seen: reason,
    fix: 'The results and the report are not touched by this. Free space and run again if you need the weights',
  }),
  'checkpoint-not-written': ({ folder, reason }: { folder: string; reason: string }) => ({
    what: `no checkpoint can be written to ${folder} at present; the run goes on, and could not be resumed from here`,
    seen: reason,
    fix: 'Free space or keep only what can be saved in variables; run.checkpoint: false asks for no checkpoints',
  }),
  'checkpoint-damaged': ({ folder, why }: { folder: string; why: string }) => ({
    what: `the checkpoint ${folder} is damaged and passed over`,
    seen: why,
    fix: 'The run goes on from the one before it, and computes the rounds since then again',
  }),
  'checkpoints-damaged': ({ folder, count }: { folder: string; count: number }) => ({
    what: count === 1 ? `the only checkpoint in ${folder} is damaged` : `all ${count} checkpoints in ${folder} are damaged`,
    fix: 'Run it again without --resume: what is there is moved to previous/',
  }),
  'nothing-to-resume': ({ folder, seen }: { folder: string; seen: string }) => ({
    what: `there is no run to go on with in ${folder}`,
    seen,
    fix: 'Name the folder of the run with --out, or leave --resume out to start one',
  }),
  'resume-from-start': ({ folder }: { folder: string }) => ({
    what: `the run in ${folder} was stopped before its first checkpoint, so it starts again`,
    fix: 'run.checkpoint sets how often checkpoints are written, e.g. { everySeconds: 10 }',
  }),
  'resume-other-spec': ({ folder, paths, free }: { folder: string; paths: readonly string[]; free: readonly string[] }) => ({
    what: `the run in ${folder} has another description, so what it has found does not belong to this one`,
    seen: `other values at ${listNames(paths)}`,
    allowed: `the same description; other values of ${listNames(free)} are fine`,
    fix: 'Give the file and each --set as they were, or leave --resume out to start a new run',
  }),
  'resume-fewer-rounds': ({ folder, round, iterations }: { folder: string; round: number; iterations: number }) => ({
    what: `the run in ${folder} has done ${round} rounds already`,
    seen: `run.iterations: ${iterations}`,
    allowed: `${round} or more`,
  }),
  'resume-other-versions': ({ seen }: { seen: string }) => ({
    what: 'the run goes on with other versions than it began with: its last bits may be other ones',
    seen,
  }),
  'dataset-not-described': ({ name, openset }: { name: string; openset: string }) => ({
    what: `dataset ${name} was made in TypeScript: this description alone cannot load it`,
    seen: `openset ${openset}`,
    fix: 'Run the TypeScript program that describes it',
  }),
} satisfies MessageTable
