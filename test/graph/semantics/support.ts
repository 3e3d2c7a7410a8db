/** Scenarios that are played twice, once compiled and once as tfjs runs them: what comes out must be the same. */
import { expect } from 'chai'
import { compile, loadTensorflow, type Tensorflow } from '../../../src/graph.js'

export type Tensor = import('@tensorflow/tfjs-node-gpu').Tensor
export type Variable = import('@tensorflow/tfjs-node-gpu').Variable
export type Optimizer = import('@tensorflow/tfjs-node-gpu').Optimizer

export const tf: Tensorflow = await loadTensorflow()

/** Makes a function compiled, or leaves it as it is. */
export type Wrap = <F extends (...args: any[]) => unknown>(fn: F, name?: string) => F & { dispose(): void }
/** Does something with functions that it wraps, and says what came of it. */
export type Scenario = (wrap: Wrap) => unknown

const eagerly: Wrap = fn => {
  const plain = function (this: unknown, ...args: unknown[]) {
    return fn.apply(this, args)
  }
  return Object.assign(plain, { dispose: () => undefined }) as never
}
const compiled: Wrap = (fn, name) => compile(fn as never, name === undefined ? {} : { name }) as never

/** A test for each scenario: compiled, it gives what it gives without. */
export function itIsAsEager(scenarios: Readonly<Record<string, Scenario>>): void {
  for (const [name, scenario] of Object.entries(scenarios)) {
    it(name, async () => {
      const [wanted, got] = [await play(scenario, eagerly), await play(scenario, compiled)]
      expectClose(got, wanted)
    })
  }
}

/** A test for each scenario: it gives these values, and each is compiled without a warning. */
export function itCompiles(scenarios: Readonly<Record<string, Scenario>>): void {
  for (const [name, scenario] of Object.entries(scenarios)) {
    it(name, async () => {
      const wanted = await play(scenario, eagerly)
      let got: unknown
      const warnings = await warningsOf(async () => {
        got = await play(scenario, compiled)
      })
      expectClose(got, wanted)
      expect(warnings).to.deep.equal([])
    })
  }
}

async function play(scenario: Scenario, wrap: Wrap): Promise<unknown> {
  const before = new Set(Object.values(variables()))
  try {
    return numbersOf(await scenario(wrap))
  } finally {
    for (const variable of Object.values(variables())) if (!before.has(variable)) variable.dispose()
  }
}

/** The variables there are, by name. */
export function variables(): Readonly<Record<string, Variable>> {
  return (tf.engine() as unknown as { state: { registeredVariables: Record<string, Variable> } }).state.registeredVariables
}

/** Tensors in a result as their numbers. */
export function numbersOf(value: unknown): unknown {
  if (value instanceof tf.Tensor) return { dtype: value.dtype, shape: value.shape, values: Array.from(value.dataSync() as never) }
  if (Array.isArray(value)) return value.map(numbersOf)
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, numbersOf(part)]))
}

/** That two results are the same to rounding. */
export function expectClose(got: unknown, wanted: unknown, within = 1e-5, where = 'result'): void {
  if (typeof wanted === 'number' && typeof got === 'number' && Number.isFinite(wanted)) {
    expect(got, where).to.be.closeTo(wanted, within * Math.max(1, Math.abs(wanted)))
  } else if (typeof wanted === 'object' && wanted !== null && typeof got === 'object' && got !== null) {
    expect(Object.keys(got), where).to.deep.equal(Object.keys(wanted))
    for (const [key, part] of Object.entries(wanted)) expectClose((got as Record<string, unknown>)[key], part, within, `${where}.${key}`)
  } else expect(got, where).to.deep.equal(wanted)
}

/** The texts of the `MillraceWarning`s that come meanwhile. */
export async function warningsOf(work: () => unknown): Promise<string[]> {
  const texts: string[] = []
  const see = (warning: Error) => {
    if (warning.name === 'MillraceWarning') texts.push(warning.message)
  }
  process.on('warning', see)
  try {
    await work()
    await new Promise(resolve => setImmediate(resolve))
  } finally {
    process.off('warning', see)
  }
  return texts
}

/** What is thrown. */
export function thrownBy(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

export const { scalar } = tf
export const read = (tensor: unknown): number => (tensor as Tensor).dataSync()[0]!
