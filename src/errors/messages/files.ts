/** What goes wrong with files of data: formats, columns, values, patterns of names. */
import { listNames } from '../did-you-mean.js'
import type { MessageTable } from '../message.js'

const shapeText = (shape: readonly number[]) => `[${shape.join(', ')}]`

export const fileMessages = {
  'file-unreadable': ({ path, reason }: { path: string; reason: string }) => ({
    what: `${path} cannot be read`,
    seen: reason,
    fix: 'Check that it is there, that you may read it, and that it is complete',
  }),
  'file-format': ({ path, allowed }: { path: string; allowed: readonly string[] }) => ({
    what: `the end of the name ${path} tells no format that can be read here`,
    allowed: listNames(allowed),
  }),
  'file-columns': ({ path, columns, components }: { path: string; columns: readonly string[]; components: readonly string[] }) => ({
    what: `${path} has no column for any component`,
    seen: `columns ${listNames(columns)}`,
    allowed: `components ${listNames(components)}`,
    fix: "Say which column holds which component: { columns: { images: 'pixels' } }",
  }),
  'load-from-where': () => ({
    what: 'load does not know which files the items are in',
    fix: "Give the folder: load({ src: 'scans', … }), or make the dataset of an index of files: new Dataset(await FilesIndex.open('scans/*'))",
  }),
  'load-components': ({ names }: { names: readonly string[] }) => ({
    what: 'load does not find the values of each component in its source',
    allowed: `an object with the keys ${names.join(', ')}, or a list in this order`,
    fix: "For one component say which: load({ src, dst: 'labels' })",
  }),
  'files-patterns': ({ seen }: { seen: string }) => ({
    what: 'an index of files is made of patterns',
    seen,
    allowed: "a pattern as 'scans/**/*.png', or a list of at least one",
  }),
  'files-same-name': ({ id, first, second }: { id: string; first: string; second: string }) => ({
    what: `two files would have the id ${id}`,
    seen: `${first} and ${second}`,
    fix: 'Make an index of each folder, keep the extensions (noExt: false), or give ids and paths: new FilesIndex(ids, paths)',
  }),
  'files-paths': ({ id, seen }: { id: string; seen: string }) => ({
    what: `the id ${id} of an index of files has no path`,
    seen,
    allowed: 'a path for each id: an object or a map by id, or a list as long as the ids',
  }),
  'npy-format': ({ path, problem }: { path: string; problem: string }) => ({
    what: `${path} is no .npy file that can be read`,
    seen: problem,
    fix: 'Write it with numpy.save, or with writeNpy',
  }),
  'npy-dtype': ({ path, seen }: { path: string; seen: string }) => ({
    what: `${path} holds elements of a type that a component cannot hold`,
    seen,
    allowed: 'bool, integers, float16 to float64, strings',
    fix: 'Save it as one of these in numpy: array.astype(...)',
  }),
  'npy-values': ({ path }: { path: string }) => ({
    what: `these values cannot be written to ${path}`,
    allowed: 'an NdArray, or a list of only strings, only booleans, only numbers, or arrays of one shape and dtype',
  }),
  'number-too-large': ({ seen }: { seen: string }) => ({
    what: 'a whole number of 64 bits is too large for float64, which is exact up to 2^53',
    seen,
    fix: 'Keep such values as strings',
  }),
  'table-value': ({ path, name, format }: { path: string; name: string; format: string }) => ({
    what: `column ${name} of ${path} holds what ${format} cannot keep`,
    allowed:
      format === 'CSV'
        ? 'numbers, strings or booleans, one a row'
        : 'an NdArray, or a list of only strings, only booleans, only numbers, or arrays',
    fix: format === 'CSV' ? 'Write arrays to .parquet, .npz or .npy' : undefined,
  }),
  'parquet-null': ({ path, column, dtype }: { path: string; column: string; dtype: string }) => ({
    what: `column ${column} of ${path} has empty values, which ${dtype} cannot hold`,
    fix: 'Fill them, or write the column as floating-point numbers, where they are NaN',
  }),
  'item-shape': ({ name, seen, shape }: { name: string; seen: readonly number[]; shape: readonly number[] }) => ({
    what: `the items of ${name} cannot have the shape ${shapeText(shape)}`,
    seen: `items of shape ${shapeText(seen)}`,
  }),
  'image-values': ({ path, fmt, seen }: { path: string; fmt: string; seen: string }) => ({
    what: `this array cannot be written to ${path} as ${fmt}`,
    seen,
    allowed: `${fmt === 'png' ? 'uint8 or uint16' : 'uint8'} of shape [height, width] or [height, width, channels] with ${fmt === 'png' ? '1 to 4' : '1 or 3'} channels`,
    fix: "Make it so first, e.g. .toArray({ dtype: 'uint8' })",
  }),
  'sharp-missing': () => ({
    what: 'the package sharp, which reads and writes images, cannot be loaded',
    fix: 'Run npm install sharp; everything but image files works without it',
  }),
} satisfies MessageTable
