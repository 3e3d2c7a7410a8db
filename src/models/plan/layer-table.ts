/** A network's layers as a table: counts of parameters by kind and part, and a printed summary. */
import type { Kind, WeightSpec } from './layer-spec.js'

/** A layer of a network, of the zoo or the user's own. */
export interface LayerRow {
  /** The layer's path, e.g. `head/dense`; for a user's own model, its layer's name. */
  readonly path: string
  readonly kind: Kind
  /** Output shape without the batch axis; null if it is not fixed. */
  readonly shape: readonly (number | null)[]
  readonly weights: readonly WeightSpec[]
}

export interface CountOptions {
  /** Kinds of layers to exclude, e.g. `['norm']`. Default: none. */
  readonly without?: readonly Kind[]
  /** True to count weights that are not trained (moving averages), too. Default false. */
  readonly frozen?: boolean
}

/** The number of parameters in these layers. */
export function countParameters(rows: readonly LayerRow[], { without = [], frozen = false }: CountOptions = {}): number {
  let count = 0
  for (const { kind, weights } of rows) {
    if (without.includes(kind)) continue
    for (const { shape, trainable } of weights) if (trainable || frozen) count += shape.reduce((size, n) => size * n, 1)
  }
  return count
}

/** Parameters of each part, in order: `initial_block`, the groups of `body`, or of `encoder` and `decoder`, `head`. */
export function countByPart(
  rows: readonly LayerRow[],
  options: CountOptions = {},
): { readonly part: string; readonly parameters: number }[] {
  const parts = new Map<string, LayerRow[]>()
  for (const row of rows) {
    if (row.kind === 'input') continue
    const part = partOf(row.path)
    parts.set(part, [...(parts.get(part) ?? []), row])
  }
  return [...parts].map(([part, layers]) => ({ part, parameters: countParameters(layers, options) }))
}

const grouped = new Set(['body', 'encoder', 'decoder'])
const isGrouped = ([part, , layer]: readonly string[]) => grouped.has(part!) && layer !== undefined

/** The part that a path is in: `body/group-1`, `head`. */
export function partOf(path: string): string {
  const keys = path.split('/')
  return keys.slice(0, isGrouped(keys) ? 2 : 1).join('/')
}

/** The layer as it is without the config's `trainable`. */
const thawed = (row: LayerRow): LayerRow => ({
  ...row,
  weights: row.weights.map(weight => (weight.isFrozen ? { ...weight, trainable: true } : weight)),
})

const noteOn = ({ weights }: LayerRow) => (weights.some(({ isFrozen }) => isFrozen) ? '  frozen' : '')

/** One line per layer: path, output shape, parameters, and whether some are frozen; then the sums, labelled as in tfjs's own summary. */
export function printLayers(name: string, rows: readonly LayerRow[]): string {
  const number = (n: number) => n.toLocaleString('en-US')
  const lines = rows.map(row => [
    row.path,
    `[${row.shape.map(n => n ?? '?').join(', ')}]`,
    number(countParameters([thawed(row)])),
    noteOn(row),
  ])
  const widths = [0, 1, 2].map(column => Math.max(...lines.map(line => line[column]!.length), 10))
  const format = ([path, shape, count, note = '']: readonly string[]) =>
    `${path!.padEnd(widths[0]!)}  ${shape!.padEnd(widths[1]!)}  ${count!.padStart(widths[2]!)}${note}`
  const [all, trained] = [countParameters(rows, { frozen: true }), countParameters(rows)]
  return [
    name,
    format(['layer', 'output', 'parameters']),
    ...lines.map(format),
    `Total params: ${number(all)}`,
    `Trainable params: ${number(trained)}`,
    `Non-trainable params: ${number(all - trained)}`,
  ].join('\n')
}
