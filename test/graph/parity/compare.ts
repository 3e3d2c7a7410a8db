/** How far apart numbers of two engines are, and whether an engine really compiled. */
import { expect } from 'chai'
import { watchStages } from '../../../src/graph/show.js'

export interface Named {
  readonly name: string
  readonly values: ArrayLike<number>
}

/** What rounding may do where no kink is involved. */
export const EXACT = 1e-5
/** What some flipped signs may do in five steps of Adam, as a norm. */
export const WITH_KINK = 2e-2
/** Of numbers that are next to nothing beside their neighbours, this part of the neighbours counts: they are their rounding errors. */
const NEIGHBOURS = 0.1

const largest = (values: ArrayLike<number>) => Array.from(values).reduce((max, value) => Math.max(max, Math.abs(value)), 0)
const norm = (values: ArrayLike<number>) => Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0))
const less = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a, (value, i) => value - b[i]!)

/** The worst difference in proportion to the largest number, tensor by tensor. */
export function deviation(got: readonly Named[], wanted: readonly Named[]): { readonly off: number; readonly where: string } {
  const floor = NEIGHBOURS * Math.max(0, ...wanted.map(({ values }) => largest(values)))
  return wanted
    .map(({ name, values }, i) => {
      const scale = Math.max(largest(values), floor)
      const off = scale === 0 ? largest(got[i]!.values) : largest(less(got[i]!.values, values)) / scale
      return { off: values.length === got[i]!.values.length && !Number.isNaN(off) ? off : Infinity, where: name }
    })
    .reduce((worst, each) => (each.off > worst.off ? each : worst), { off: 0, where: '' })
}

/** The difference's norm in proportion to what was wanted, over all tensors. */
export function distance(got: readonly Named[], wanted: readonly Named[]): number {
  const [a, b] = [got, wanted].map(list => list.flatMap(({ values }) => Array.from(values))) as [number[], number[]]
  return a.length === b.length ? norm(less(a, b)) / (norm(b) || 1) : Infinity
}

/** That numbers are the same to rounding, or nearly so where a kink is involved. */
export function expectSame(got: readonly Named[], wanted: readonly Named[], hasKink = false, within = EXACT): void {
  expect(got.map(({ name }) => name)).to.deep.equal(wanted.map(({ name }) => name))
  for (const { name, values } of wanted) expect(Array.from(values).every(Number.isFinite), `${name} is finite`).to.equal(true)
  const { off, where } = deviation(got, wanted)
  if (hasKink) expect(distance(got, wanted)).to.be.below(WITH_KINK)
  else expect(off, where).to.be.below(within)
}

/** Runs something and gives its result and what it compiled; fails where something ran operation by operation instead. */
export async function seeCompiled<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly compiled: readonly string[] }> {
  const compiled: string[] = []
  const warnings: string[] = []
  const stop = watchStages((name, stage) => {
    if (stage === 'recorded') compiled.push(name)
  })
  const warn = ({ name, message }: Error) => {
    if (name === 'MillraceWarning') warnings.push(message)
  }
  process.on('warning', warn)
  try {
    const result = await work()
    // Node.js gives warnings at the next turn.
    await new Promise(resolve => setImmediate(resolve))
    expect(warnings).to.deep.equal([])
    return { result, compiled }
  } finally {
    process.off('warning', warn)
    stop()
  }
}
