/** Errors of an experiment: several pipelines that take turns. */
import { listNames } from '../did-you-mean.js'
import type { MessageTable } from '../message.js'

export const experimentMessages = {
  'pipeline-not-in-experiment': ({ action, model, pipelines }: { action: string; model?: string; pipelines: readonly string[] }) => ({
    what: `${model === undefined ? `${action} names` : `model ${model} is imported from`} a pipeline that is not in the experiment`,
    allowed: `one of its pipelines: ${listNames(pipelines)}`,
    fix: `Pass the same pipeline object ${model === undefined ? 'that is named' : 'that the model is imported from'}: each method returns a new one`,
  }),
  'too-few-batches': ({ wanted, total, dataset }: { wanted: number; total: number; dataset: string }) => ({
    what: `${wanted} iterations need as many batches, but ${dataset} yields only ${total}`,
    fix: 'Set epochs: null in run.batch for endless batches, or run fewer iterations',
  }),
  'endless-after': ({ pipeline }: { pipeline: string }) => ({
    what: `pipeline ${pipeline} would take batches forever, but pipelines of run.every and run.after must end`,
    seen: 'epochs: null without iterations',
    fix: 'Set epochs: 1 to take each item once, or set iterations',
  }),
  'not-recordable': ({ name, seen }: { name: string; seen: string }) => ({
    what: `${name} cannot be recorded`,
    seen,
    allowed: 'a number, string or boolean; a list or array of these; a map or metrics, whose values are recorded by name',
    fix: 'Record a variable that holds a value of these kinds: run.record',
  }),
  'record-without-turns': ({ ref, pipeline, turns }: { ref: string; pipeline: string; turns: readonly string[] }) => ({
    what: `${ref} cannot be recorded after each round: ${pipeline} takes no turns`,
    allowed: `a variable of ${listNames(turns)}`,
    fix: `Add ${pipeline} to run.turns or run.every, or omit ${ref}: results.json has the final values of every variable under values`,
  }),
  'weights-rescued': ({ model, folder, rescue, reason }: { model: string; folder: string; rescue: string; reason: string }) => ({
    what: `the weights of ${model} could not be written to ${folder}, so they were written to ${rescue} instead`,
    seen: reason,
    fix: 'Copy them to where they belong before the temporary folder is cleared',
  }),
  'weights-not-written': ({ model, folder, reason }: { model: string; folder: string; reason: string }) => ({
    what: `the weights of ${model} could not be written to ${folder}`,
    seen: reason,
    fix: 'The results and the report are not affected. To get the weights, free some space and run again',
  }),
  'checkpoint-not-written': ({ folder, reason }: { folder: string; reason: string }) => ({
    what: `no checkpoint can be written to ${folder} at present; the run continues but could not be resumed from here`,
    seen: reason,
    fix: 'Free some space, or keep only values that can be saved in variables; run.checkpoint: false turns checkpoints off',
  }),
  'checkpoint-damaged': ({ folder, why }: { folder: string; why: string }) => ({
    what: `the checkpoint ${folder} is damaged and was skipped`,
    seen: why,
    fix: 'The run resumes from the checkpoint before it and repeats the rounds since then',
  }),
  'checkpoints-damaged': ({ folder, count }: { folder: string; count: number }) => ({
    what: count === 1 ? `the only checkpoint in ${folder} is damaged` : `all ${count} checkpoints in ${folder} are damaged`,
    fix: 'Run again without --resume: existing files are moved to previous/',
  }),
  'run-folder-in-use': ({
    folder,
    who,
    seconds,
    quietSeconds,
    lock,
  }: {
    folder: string
    who: string
    seconds: number
    quietSeconds: number
    lock: string
  }) => ({
    what: `another run is writing the folder ${folder}`,
    seen: `${who}; its last sign of life was ${seconds} s ago`,
    allowed: 'one process at a time',
    fix: `Wait for it or stop it, or name another folder with --out. A process on another machine or in another container counts as gone after ${quietSeconds} s without a sign of life; if it is gone, you may remove ${lock}`,
  }),
  'exit-in-run': ({ seen }: { seen: string }) => ({
    what: 'the run was ended before it was finished, and its results were not written',
    seen,
    fix: 'Throw an error instead of calling process.exit, and settle every promise; --resume continues from the last checkpoint',
  }),
  'nothing-to-resume': ({ folder, seen }: { folder: string; seen: string }) => ({
    what: `there is no run to resume in ${folder}`,
    seen,
    fix: 'Name the folder of the run with --out, or omit --resume to start a new run',
  }),
  'resume-from-start': ({ folder }: { folder: string }) => ({
    what: `the run in ${folder} was stopped before its first checkpoint, so it starts over`,
    fix: 'run.checkpoint sets how often checkpoints are written, e.g. { everySeconds: 10 }',
  }),
  'resume-other-spec': ({ folder, paths, free }: { folder: string; paths: readonly string[]; free: readonly string[] }) => ({
    what: `the run in ${folder} has a different description, so its results do not belong to this one`,
    seen: `different values at ${listNames(paths)}`,
    allowed: `the same description; only ${listNames(free)} may differ`,
    fix: 'Use the original file and each --set, or omit --resume to start a new run',
  }),
  'resume-fewer-rounds': ({ folder, round, iterations }: { folder: string; round: number; iterations: number }) => ({
    what: `the run in ${folder} has already done ${round} rounds`,
    seen: `run.iterations: ${iterations}`,
    allowed: `${round} or more`,
  }),
  'resume-other-versions': ({ seen }: { seen: string }) => ({
    what: 'the run resumes with other versions than it started with: the last bits of its numbers may differ',
    seen,
  }),
  'resume-other-machine': ({ seen }: { seen: string }) => ({
    what: 'the run resumes where TensorFlow computes differently: the last bits of its numbers may differ',
    seen,
    fix: 'Set these as they were before the process starts, e.g. TF_NUM_INTRAOP_THREADS for the threads, to get the same bits',
  }),
  'resume-other-engine': ({ seen }: { seen: string }) => ({
    what: 'the run resumes with models that are computed in another way: the last bits of their numbers may differ',
    seen,
  }),
  'resume-other-data': ({ seen }: { seen: string }) => ({
    what: 'the run resumes with data that are not those it started with',
    seen,
    fix: 'If that is not intended, restore the data and resume again, or omit --resume to start a new run',
  }),
  'resume-other-length': ({ folder, seen }: { folder: string; seen: string }) => ({
    what: `the run in ${folder} cannot be resumed: its batches are drawn from a dataset of another length, so their order would be another`,
    seen,
    fix: 'Restore the data, or omit --resume to start a new run',
  }),
  'dataset-not-described': ({ name, openset }: { name: string; openset: string }) => ({
    what: `dataset ${name} was made in TypeScript, so this description alone cannot load it`,
    seen: `openset ${openset}`,
    fix: 'Run the TypeScript program that describes it',
  }),
} satisfies MessageTable
