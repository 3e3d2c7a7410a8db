/** File formats with one item per file. */
import { fail } from '../../errors/index.js'
import type { ComponentValue } from '../../pipeline/description/contracts.js'
import { NdArray } from '../../util/nd-array.js'
import { readImage, writeImage } from '../formats/image.js'
import { readNpy, writeNpy } from '../formats/npy.js'
import { readNpz, writeNpz } from '../formats/npz.js'

/** An item's values by component. */
export type ItemValues = Readonly<Record<string, unknown>>

interface ItemFormat {
  /** The extension. */
  readonly extension: string
  /** True if a file has several components, by name. */
  readonly isNamed: boolean
  /** Values by name; for a format without names the only one, under the empty name. */
  read(path: string): Promise<ItemValues>
  write(path: string, values: ItemValues): Promise<void>
}

const only = (values: ItemValues): unknown => Object.values(values)[0]

const image = (extension: string, fmt: 'png' | 'jpeg'): ItemFormat => ({
  extension,
  isNamed: false,
  read: async path => ({ '': await readImage(path) }),
  write: (path, values) => {
    const value = only(values)
    return value instanceof NdArray ? writeImage(path, value, { fmt }) : fail('image-values', { path, fmt, seen: typeof value })
  },
})

/** By name. `image` reads any image and writes PNG. */
export const itemFormats = {
  npy: {
    extension: 'npy',
    isNamed: false,
    read: async path => ({ '': fromFile(await readNpy(path)) }),
    write: (path, values) => writeNpy(path, toFile(only(values))),
  },
  npz: {
    extension: 'npz',
    isNamed: true,
    read: async path => Object.fromEntries(Object.entries(await readNpz(path)).map(([name, value]) => [name, fromFile(value)])),
    write: (path, values) => writeNpz(path, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toFile(value)]))),
  },
  image: image('png', 'png'),
  png: image('png', 'png'),
  jpeg: image('jpg', 'jpeg'),
} as const satisfies Readonly<Record<string, ItemFormat>>

export type ItemFormatName = keyof typeof itemFormats

/** An item's value as a file stores it: a number or a string is an array without axes or of one entry. */
function toFile(value: unknown): ComponentValue {
  if (typeof value === 'number') return new NdArray(Float64Array.of(value), [])
  return (value instanceof NdArray || Array.isArray(value) ? value : [value]) as ComponentValue
}

function fromFile(value: ComponentValue): unknown {
  if (value instanceof NdArray) return value.shape.length === 0 ? value.data[0] : value
  return value.length === 1 ? value[0] : value
}
