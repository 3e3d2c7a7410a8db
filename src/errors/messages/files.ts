/** Errors about data files: formats, columns, values, name patterns. */
import { listNames } from '../did-you-mean.js'
import type { MessageTable } from '../message.js'

const shapeText = (shape: readonly number[]) => `[${shape.join(', ')}]`

export const fileMessages = {
  'file-unreadable': ({ path, reason }: { path: string; reason: string }) => ({
    what: `${path} cannot be read`,
    seen: reason,
    fix: 'Check that the file exists, is readable and complete',
  }),
  'file-format': ({ path, allowed }: { path: string; allowed: readonly string[] }) => ({
    what: `${path} does not end in the extension of a supported format`,
    allowed: listNames(allowed),
  }),
  'file-columns': ({ path, columns, components }: { path: string; columns: readonly string[]; components: readonly string[] }) => ({
    what: `${path} has no column for a component`,
    seen: `columns ${listNames(columns)}`,
    allowed: `components ${listNames(components)}`,
    fix: "Name the column of each component: { columns: { images: 'pixels' } }",
  }),
  'column-twice': ({ path, name }: { path: string; name: string }) => ({
    what: `${path} has two columns of the same name`,
    seen: name === '' ? 'two columns without a name' : name,
    fix: 'Rename one of them',
  }),
  'load-from-where': () => ({
    what: 'load needs to know which files contain the items',
    fix: "Name the folder: load({ src: 'scans', … }), or make the dataset from a files index: new Dataset(await FilesIndex.open('scans/*'))",
  }),
  'load-components': ({ names, seen }: { names: readonly string[]; seen: string }) => ({
    what: 'load cannot find the values of each component in its source',
    seen,
    allowed:
      names.length === 0
        ? 'an object of values by component: the batch class declares none whose order a list could have'
        : `an object with the keys ${names.join(', ')}, or a list of at most ${names.length} in that order`,
    fix: "For a single component, name it: load({ src, dst: 'labels' })",
  }),
  'files-patterns': ({ seen }: { seen: string }) => ({
    what: 'a files index needs patterns',
    seen,
    allowed: "a pattern such as 'scans/**/*.png', or a list of at least one",
  }),
  'files-same-name': ({ id, first, second }: { id: string; first: string; second: string }) => ({
    what: `two files would have the id ${id}`,
    seen: `${first} and ${second}`,
    fix: 'Make ids of the paths: byPath: true. If only the extensions differ, keep them: noExt: false',
  }),
  'files-paths': ({ id, seen }: { id: string; seen: string }) => ({
    what: `the id ${id} of a files index has no path`,
    seen,
    allowed: 'a path per id: an object or a Map by id, or a list as long as the ids',
  }),
  'files-none': ({ patterns, folder, dirs }: { patterns: string; folder: string; dirs: boolean }) => ({
    what: `no ${dirs ? 'folder' : 'file'} matches`,
    seen: `${patterns}, from the folder ${folder}`,
    fix: 'Check the pattern: * is any part of a name, ** folders of any depth; letters count as upper or lower case',
  }),
  'file-id': ({ id, problem, folder }: { id: string; problem: string; folder: string }) => ({
    what: `the id ${id} cannot be the name of a file in ${folder}`,
    seen: problem,
    allowed: 'a name, or names of folders and one of a file: cat/7',
    fix: 'Give the items other ids, or write a table: fmt csv or parquet',
  }),
  'file-id-clash': ({ first, second, file }: { first: string; second: string; file: string }) => ({
    what: `the items ${first} and ${second} would have the same file`,
    seen: file,
    fix: 'Give one of them another id, or write a table: fmt csv or parquet',
  }),
  'npy-format': ({ path, problem }: { path: string; problem: string }) => ({
    what: `${path} is not a readable .npy file`,
    seen: problem,
    fix: 'Write it with numpy.save, or with writeNpy',
  }),
  'npy-dtype': ({ path, seen }: { path: string; seen: string }) => ({
    what: `${path} has elements of a type that a component cannot hold`,
    seen,
    allowed: 'bool, integers, float16 to float64, strings',
    fix: 'Save it as one of these in numpy: array.astype(...)',
  }),
  'npy-values': ({ path }: { path: string }) => ({
    what: `these values cannot be written to ${path}`,
    allowed: 'an NdArray, or a list of only strings, only booleans, only numbers, or arrays of one shape and dtype',
  }),
  'number-too-large': ({ seen }: { seen: string }) => ({
    what: 'a 64-bit integer is too large for float64, which is exact up to 2^53',
    seen,
    fix: 'Keep such values as strings',
  }),
  'table-value': ({ path, name, format }: { path: string; name: string; format: string }) => ({
    what: `column ${name} of ${path} has values that ${format} cannot store`,
    allowed:
      format === 'CSV'
        ? 'numbers, strings or booleans, one per row'
        : 'an NdArray, or a list of only strings, only booleans, only numbers, or arrays',
    fix: format === 'CSV' ? 'Write arrays to .parquet, .npz or .npy' : undefined,
  }),
  'table-columns': ({ path, seen, allowed }: { path: string; seen: string; allowed: string }) => ({
    what: `${path} grows batch by batch within a run, so each batch needs the columns of the first`,
    seen,
    allowed,
    fix: 'Write the same components each time, or another file per batch: an expression for dst, e.g. with I',
  }),
  'table-shared': ({ path, pipelines }: { path: string; pipelines: readonly string[] }) => ({
    what: `pipelines ${pipelines.join(' and ')} write the same table, ${path}: each begins it anew`,
    fix: 'Give each one its own file',
  }),
  'table-not-as-left': ({ path, seen }: { path: string; seen: string }) => ({
    what: `${path} is not as this run left it, so no rows can be appended`,
    seen,
    fix: 'Write one table per pipeline and run: another pipeline or program that writes this file needs another name for its own',
  }),
  'parquet-null': ({ path, column, dtype }: { path: string; column: string; dtype: string }) => ({
    what: `column ${column} of ${path} has empty values, which ${dtype} cannot hold`,
    fix: 'Fill them, or store the column as floating-point numbers, which represent them as NaN',
  }),
  'item-shape': ({ name, seen, shape }: { name: string; seen: readonly number[]; shape: readonly number[] }) => ({
    what: `the items of ${name} cannot have the shape ${shapeText(shape)}`,
    seen: `items of shape ${shapeText(seen)}`,
  }),
  'image-values': ({ path, fmt, seen }: { path: string; fmt: string; seen: string }) => ({
    what: `this array cannot be written to ${path} as ${fmt}`,
    seen,
    allowed: `${fmt === 'png' ? 'uint8 or uint16' : 'uint8'} of shape [height, width] or [height, width, channels] with ${fmt === 'png' ? '1 to 4' : '1 or 3'} channels`,
    fix: "Convert it first, e.g. .toArray({ dtype: 'uint8' })",
  }),
  'sharp-missing': () => ({
    what: 'the package sharp, which reads and writes images, cannot be loaded',
    fix: 'Run npm install sharp; only image files need it',
  }),
} satisfies MessageTable
