/** What goes wrong while a pipeline is described or run. */
import { didYouMean, listNames } from '../did-you-mean.js'
import type { MessageTable } from '../message.js'

interface NameDetails {
  /** What kind of name it is: `variable`, `model`, `component`, … */
  readonly kind: string
  readonly seen: string
  readonly allowed: readonly string[]
}

export const pipelineMessages = {
  'unknown-name': ({ kind, seen, allowed }: NameDetails) => ({
    what: `there is no ${kind} called ${seen}`,
    allowed: listNames(allowed),
    fix: didYouMean(seen, allowed),
  }),
  'wrong-value': ({ name, seen, allowed }: { name: string; seen: string; allowed: string }) => ({
    what: `${name} has a value that cannot be used`,
    seen,
    allowed,
  }),
  'pipeline-without-dataset': () => ({
    what: 'the pipeline has no dataset to take batches from',
    fix: 'Start it from one, dataset.p, or bind one with .setDataset(dataset)',
  }),
  'no-batch': ({ letter }: { letter: string }) => ({
    what: `${letter} was asked for where there is no batch`,
    fix: "A static model's config and a variable's first value are evaluated before the first batch: use mode 'dynamic', or an expression without B",
  }),
  'no-batch-size': () => ({
    what: 'the first call of nextBatch needs a batch size',
    fix: 'Write nextBatch(300, { epochs: null, shuffle: 2 }); later calls may leave the arguments out',
  }),
  'changed-options': ({ seen, started }: { seen: string; started: string }) => ({
    what: 'nextBatch was called with other options than those its batches were started with',
    seen,
    allowed: started,
    fix: "Leave the options out, or call reset('iterator') first",
  }),
  'end-of-data': ({ produced }: { produced: number }) => ({
    what: `there is no next batch: all ${produced} were taken`,
    fix: "Use epochs: null for endless batches, genBatch to loop to the end, or reset('iterator') to start again",
  }),
  'action-failed': ({ message }: { message: string }) => ({ what: message }),
  'batch-not-loaded': ({ message }: { message: string }) => ({ what: `the batch could not be loaded: ${message}` }),
  'run-failed': ({ message }: { message: string }) => ({ what: `the run could not begin: ${message}` }),
  'not-yet': ({ kind, name }: { kind: 'variable' | 'model'; name: string }) => ({
    what: kind === 'variable' ? `the variable ${name} has no value yet` : `the model ${name} is not built yet`,
    fix: 'Run a batch first; await pipeline.start() sets variables and builds static models without one',
  }),
  'missing-argument': ({ action, name }: { action: string; name: string }) => ({ what: `${action} needs ${name}` }),
  'argument-alone': ({ action, name, needs }: { action: string; name: string; needs: string }) => ({
    what: `${name} of ${action} does nothing without ${needs}`,
    fix: `Give ${needs}, or leave ${name} out`,
  }),
  'arguments-exclude': ({ action, names }: { action: string; names: readonly string[] }) => ({
    what: `${names.join(' and ')} of ${action} exclude each other`,
    fix: 'Give one of them',
  }),
  'expression-operator': ({ expression }: { expression: string }) => ({
    what: `an operator of JavaScript was used on the expression ${expression}, whose value is not known yet`,
    fix: "Write its method: V('n').add(1), .sub, .mul, .div, .lt, .eq, …",
  }),
  'declared-twice': ({ name }: { name: string }) => ({
    what: `the model ${name} is initialised twice in this pipeline`,
    fix: 'Give the second one another name, or leave it out',
  }),
  'expression-failed': ({ expression, message }: { expression: string; message: string }) => ({
    what: `the expression ${expression} could not be evaluated: ${message}`,
  }),
  'not-a-destination': ({ seen }: { seen: string }) => ({
    what: 'a value cannot be saved there',
    seen,
    allowed: "V('name'), B('component'), or an item of one: V('name').at(0)",
  }),
  'save-counts': ({ fetches, places }: { fetches: readonly string[]; places: number }) => ({
    what: `${fetches.length} fetched values cannot be saved in ${places} places`,
    seen: `fetches ${fetches.join(', ')}`,
    allowed: 'one place for all of them (it gets a list), or one place for each',
  }),
  'cannot-append': ({ name, mode, seen }: { name: string; mode: string; seen: string }) => ({
    what: `mode ${mode} cannot add to what ${name} holds`,
    seen,
    allowed: mode === 'update' ? 'an object' : 'a list',
    fix: `Give it a first value of that kind: initVariable('…', { default: ${mode === 'update' ? '{}' : '[]'} })`,
  }),
  'model-not-built': ({ model, from }: { model: string; from: string }) => ({
    what: `the model ${model} of pipeline ${from} is not built yet`,
    fix: `It is dynamic: it is built at the first batch of ${from}. Run a batch there first, or make it static`,
  }),
  'no-model-adopter': ({ seen }: { seen: string }) => ({
    what: 'initModel cannot build a model of this',
    seen,
    allowed: 'a model class (ResNet), a tf.LayersModel, or a function that builds one',
    fix: "Import 'millrace' or 'millrace/models' where plain TensorFlow.js models are used",
  }),
  'reserved-name': ({ action, batchClass }: { action: string; batchClass: string }) => ({
    what: `the batch class ${batchClass} has an action called ${action}, which is a method of every pipeline`,
    fix: 'Give the action another name',
  }),
} satisfies MessageTable
