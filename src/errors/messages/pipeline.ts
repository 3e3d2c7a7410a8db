/** Errors of describing and running a pipeline. */
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
    what: `${letter} was evaluated where there is no batch`,
    fix: "A static model's config and a variable's first value are evaluated before the first batch: use mode 'dynamic', or an expression without B",
  }),
  'no-batch-size': () => ({
    what: 'no batch size given',
    fix: 'Write run(300, { shuffle: 2 }), nextBatch(300, …) on the first call, or store them first with runLater(300, …)',
  }),
  'changed-options': ({ seen, started }: { seen: string; started: string }) => ({
    what: 'nextBatch was called with other options than the first call: only the batch size may change',
    seen,
    allowed: started,
    fix: "Omit the options, or call reset('iterator') first",
  }),
  'end-of-data': ({ produced, stopped = false }: { produced: number; stopped?: boolean }) => ({
    what: `there is no next batch: ${stopped ? `stopPipeline ended the run after ${produced}` : `all ${produced} have been taken`}`,
    fix: stopped
      ? "Call reset('iterator') to start again, or use genBatch, whose loop ends by itself"
      : "Use epochs: null for endless batches, genBatch to iterate to the end, or reset('iterator') to start again",
  }),
  'action-failed': ({ message }: { message: string }) => ({ what: message }),
  'batch-not-loaded': ({ message }: { message: string }) => ({ what: `the batch could not be loaded: ${message}` }),
  'run-failed': ({ message }: { message: string }) => ({ what: `the run could not start: ${message}` }),
  'not-yet': ({ kind, name }: { kind: 'variable' | 'model' | 'lock'; name: string }) => ({
    what: kind === 'model' ? `the model ${name} is not built yet` : `the ${kind} ${name} has no value yet`,
    fix: 'Run a batch first, or call await pipeline.start(), which sets variables and builds static models without one',
  }),
  'models-freed': ({ model }: { model?: string }) => ({
    what:
      model === undefined
        ? 'the models of this run were freed while it was in progress; it does not go on with new, untrained ones'
        : `the model ${model} was freed by dispose() of the pipeline it is imported from`,
    fix: 'Call dispose() and reset() after the last batch that needs the models; a new run builds them anew',
  }),
  'missing-argument': ({ action, name }: { action: string; name: string }) => ({ what: `${action} needs ${name}` }),
  'argument-alone': ({ action, name, needs }: { action: string; name: string; needs: string }) => ({
    what: `${name} of ${action} has no effect without ${needs}`,
    fix: `Add ${needs}, or omit ${name}`,
  }),
  'arguments-exclude': ({ action, names }: { action: string; names: readonly string[] }) => ({
    what: `${names.join(' and ')} of ${action} exclude each other`,
    fix: 'Give one of them',
  }),
  'expression-operator': ({ expression }: { expression: string }) => ({
    what: `a JavaScript operator was applied to the expression ${expression}, which has no value yet`,
    fix: "Use a method: V('n').add(1), .sub, .mul, .div, .lt, .eq, …",
  }),
  'per-item-option': ({ action, option }: { action: string; option: string }) => ({
    what: `${option} of ${action} has a value per item, but ${action} works on the whole batch`,
    fix: 'Omit P or PP, or use an action that works item by item',
  }),
  'no-merge': ({ batchClass }: { batchClass: string }) => ({
    what: `batches of class ${batchClass} cannot be merged`,
    fix: 'Give the class a merge function, or define it with defineBatch',
  }),
  'action-needs-batch': ({ action, section, allowed }: { action: string; section: string; allowed: readonly string[] }) => ({
    what: `${action} works on a batch, and ${section} has none`,
    allowed: listNames(allowed),
    fix: 'Move it to the actions of the pipeline',
  }),
  'block-empty': ({ action, block }: { action: string; block: string }) => ({
    what: `${block} of ${action} has no actions`,
    fix: 'Add some: p => p.call(…)',
  }),
  'stage-in-block': ({ action }: { action: string }) => ({
    what: `${action} is not allowed inside another action or on a single batch: it changes which batches later actions receive`,
    fix: 'Move it to the top level of the pipeline, before or after the other action',
  }),
  'declared-twice': ({ name }: { name: string }) => ({
    what: `the model ${name} is initialised twice in this pipeline`,
    fix: 'Rename the second one, or remove it',
  }),
  'expression-failed': ({ expression, message }: { expression: string; message: string }) => ({
    what: `the expression ${expression} could not be evaluated: ${message}`,
  }),
  'not-a-destination': ({ seen, isDataset }: { seen: string; isDataset?: boolean }) => ({
    what: 'a value cannot be saved here',
    seen,
    allowed:
      "V('name'), B('component'), L('component'), C('path'), an attribute or item of one, V('name').at(0), your own array or list to fill, or a list or object of these",
    fix: isDataset ? 'Datasets are immutable: save to a variable, V, or to the config, C' : undefined,
  }),
  'save-structure': ({ places, seen, allowed }: { places: string; seen: string; allowed: string }) => ({
    what: `a value cannot be distributed among ${places}`,
    seen,
    allowed,
  }),
  'value-does-not-fit': ({ destination, seen, allowed }: { destination: string; seen: string; allowed: string }) => ({
    what: `a value does not fit into ${destination}`,
    seen,
    allowed,
  }),
  'not-one-per-item': ({ name, seen, length }: { name: string; seen: string; length: number }) => ({
    what: `${name} needs one value per item of the batch, ${length} in all`,
    seen,
    allowed: `a list or an array of ${length}`,
  }),
  'save-counts': ({ fetches, places }: { fetches: readonly string[]; places: number }) => ({
    what: `${fetches.length} fetched values cannot be saved to ${places} destinations`,
    seen: `fetches ${fetches.join(', ')}`,
    allowed: 'one destination for all of them (it receives a list), or one per value',
  }),
  'cannot-append': ({ name, mode, seen }: { name: string; mode: string; seen: string }) => ({
    what: `mode ${mode} cannot add to the value of ${name}`,
    seen,
    allowed: mode === 'update' ? 'an object' : 'a list',
    fix: `Give it such a first value: initVariable('…', { default: ${mode === 'update' ? '{}' : '[]'} })`,
  }),
  'model-not-built': ({ model, from }: { model: string; from: string }) => ({
    what: `the model ${model} of pipeline ${from} is not built yet`,
    fix: `It is dynamic and built at the first batch of ${from}, or, if its config leaves inputs open, when ${from} first feeds it. Run a batch there first, or make it static`,
  }),
  'reserved-name': ({ action, batchClass }: { action: string; batchClass: string }) => ({
    what: `the batch class ${batchClass} has an action called ${action}, which is a method of every pipeline`,
    fix: 'Give the action another name; it may have that of a core action, such as print, whose place it takes',
  }),
} satisfies MessageTable
