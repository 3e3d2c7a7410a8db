/** Kinds of values that are saved as parts, one row each. The parts are saved by the same rules. */
import { isSavableMetrics, metricsFromJson } from '../../../../metrics/kinds.js'
import type { Metrics, MetricsJson } from '../../../../metrics/metrics.js'
import { Normalizer, Quantizer } from '../../../../transforms/index.js'
import { NdArray, type TypedArray } from '../../../../util/nd-array.js'
import { PerItem } from '../../values/per-item.js'

/** How one kind of value is taken apart and reassembled. */
export interface ValueCodec<Value = any, Parts = any> {
  readonly is: (value: object) => boolean
  readonly take: (value: Value) => Parts
  readonly make: (parts: Parts) => Value
}

const codec = <Value extends object, Parts>(
  type: abstract new (...args: never[]) => Value,
  take: (value: Value) => Parts,
  make: (parts: Parts) => Value,
): ValueCodec => ({ is: value => Object.getPrototypeOf(value) === type.prototype, take, make })

/** By their name in a file. */
export const codecs: Readonly<Record<string, ValueCodec>> = {
  NdArray: codec(
    NdArray,
    ({ data, shape }: NdArray) => [data, [...shape]] as [TypedArray, number[]],
    ([data, shape]): NdArray => new NdArray(data, shape),
  ),
  PerItem: codec(
    PerItem,
    ({ values }) => values,
    values => new PerItem(values),
  ),
  Metrics: {
    is: isSavableMetrics,
    take: (metrics: Metrics): MetricsJson => metrics.toJSON(),
    make: metricsFromJson,
  },
  Normalizer: {
    is: value => value instanceof Normalizer && value.toJSON() !== undefined,
    take: (normalizer: Normalizer) => normalizer.toJSON(),
    make: options => new Normalizer(options),
  },
  Quantizer: codec(
    Quantizer,
    quantizer => quantizer.toJSON(),
    options => new Quantizer(options),
  ),
  Map: codec(
    Map,
    map => [...map],
    entries => new Map(entries),
  ),
  Set: codec(
    Set,
    set => [...set],
    items => new Set(items),
  ),
  Date: codec(
    Date,
    date => date.getTime(),
    time => new Date(time),
  ),
}

/** Arrays of numbers in plain memory, saved bit for bit. */
export const memoryTypes = {
  Uint8Array,
  Int8Array,
  Uint8ClampedArray,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  Buffer,
} as const
