/** What goes wrong while a pipeline is described or run. */
import { didYouMean, listNames, listNear } from '../did-you-mean.js'
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
    allowed: listNear(seen, allowed),
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
    what: 'there is no batch size to take batches by',
    fix: 'Write run(300, { shuffle: 2 }), nextBatch(300, …) the first time, or store them before with runLater(300, …)',
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
  'not-yet': ({ kind, name }: { kind: 'variable' | 'model' | 'lock'; name: string }) => ({
    what: kind === 'model' ? `the model ${name} is not built yet` : `the ${kind} ${name} has no value yet`,
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
  'per-item-option': ({ action, option }: { action: string; option: string }) => ({
    what: `${option} of ${action} is given a value for each item, and ${action} works on the whole batch`,
    fix: 'Leave P or PP out, or use an action that works item by item',
  }),
  'no-merge': ({ batchClass }: { batchClass: string }) => ({
    what: `batches of the class ${batchClass} cannot be merged`,
    fix: 'Give the class a merge function, or define it with defineBatch',
  }),
  'action-needs-batch': ({ action, section, allowed }: { action: string; section: string; allowed: readonly string[] }) => ({
    what: `${action} works on a batch, and there is none in ${section}`,
    allowed: listNames(allowed),
    fix: 'Move it to the actions of the pipeline',
  }),
  'block-empty': ({ action, block }: { action: string; block: string }) => ({
    what: `${block} of ${action} has no actions`,
    fix: 'Add some: p => p.call(…)',
  }),
  'stage-in-block': ({ action }: { action: string }) => ({
    what: `${action} cannot stand inside another action or work on a single batch: it changes which batches the actions behind it get`,
    fix: 'Move it to the actions of the pipeline that runs, before or behind the other one',
  }),
  'declared-twice': ({ name }: { name: string }) => ({
    what: `the model ${name} is initialised twice in this pipeline`,
    fix: 'Give the second one another name, or leave it out',
  }),
  'expression-failed': ({ expression, message }: { expression: string; message: string }) => ({
    what: `the expression ${expression} could not be evaluated: ${message}`,
  }),
  'not-a-destination': ({ seen, isDataset }: { seen: string; isDataset?: boolean }) => ({
    what: 'a value cannot be saved there',
    seen,
    allowed:
      "V('name'), B('component'), L('component'), C('path'), an attribute or item of one, V('name').at(0), an array or list of your own to be filled, or a list or object of these",
    fix: isDataset ? 'Datasets never change: save to a variable, V, or to the config, C' : undefined,
  }),
  'save-structure': ({ places, seen, allowed }: { places: string; seen: string; allowed: string }) => ({
    what: `a value cannot be divided among the places ${places}`,
    seen,
    allowed,
  }),
  'value-does-not-fit': ({ place, seen, allowed }: { place: string; seen: string; allowed: string }) => ({
    what: `a value does not fit into ${place}`,
    seen,
    allowed,
  }),
  'not-one-an-item': ({ name, seen, length }: { name: string; seen: string; length: number }) => ({
    what: `${name} needs a value for each of the ${length} items of the batch`,
    seen,
    allowed: `a list or an array of ${length}`,
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
  'reserved-name': ({ action, batchClass }: { action: string; batchClass: string }) => ({
    what: `the batch class ${batchClass} has an action called ${action}, which is a method of every pipeline`,
    fix: 'Give the action another name; it may have that of a core action, such as print, whose place it takes',
  }),
} satisfies MessageTable
