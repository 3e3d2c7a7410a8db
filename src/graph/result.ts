/** The result of a traced function: a structure, and the origin of each tensor in it. */
import type { Tensor } from './backend.js'
import { TraceRefusal } from './record/refusal.js'
import type { Trace } from './record/trace.js'
import { isTensor, othersOf, type Structure, takeApart, textOf } from './tree.js'

export interface Result {
  readonly structure: Structure
  readonly sources: readonly Source[]
  /** Outputs that the function keeps. */
  readonly keeps: readonly number[]
  /** Arguments that the function disposes. */
  readonly disposes: readonly number[]
}
/** An output of the graph, an argument itself, or a tensor or variable that existed before. */
export type Source = { readonly output: number } | { readonly argument: number } | { readonly kept: Tensor }

/**
 * What a function returned. Tensors with ids below `before` existed before it.
 *
 * @throws TraceRefusal for a promise, and for objects and functions made by the function, which may hold tensors.
 */
export function describeResult(
  returned: unknown,
  { inputs, disposed }: Pick<Trace, 'inputs' | 'disposed'>,
  before: number,
  isKnown: (object: unknown) => boolean,
): { readonly result: Result; readonly outputs: readonly Tensor[] } {
  const { tensors, structure } = takeApart(returned)
  refuseOthers(structure, isKnown)
  const outputs: Tensor[] = []
  const sources = tensors.map((tensor): Source => {
    const argument = inputs.indexOf(tensor)
    if (argument >= 0) return { argument }
    if (tensor.id < before) return { kept: tensor }
    if (!outputs.includes(tensor)) outputs.push(tensor)
    return { output: outputs.indexOf(tensor) }
  })
  const keeps = outputs.flatMap(({ kept }, i) => (kept ? [i] : []))
  return { result: { structure, sources, keeps, disposes: disposed }, outputs }
}

/** True if two results are alike. */
export function sameResult(a: Result, b: Result): boolean {
  const rest = ({ sources, disposes }: Result) =>
    JSON.stringify([sources.map(source => ('kept' in source ? source.kept.id : source)), disposes])
  return textOf(a.structure) === textOf(b.structure) && rest(a) === rest(b)
}

type Model = { readonly getConfig?: unknown; readonly applyGradients?: unknown }

function refuseOthers(structure: Structure, isKnown: (object: unknown) => boolean): void {
  for (const other of othersOf(structure)) {
    if (other instanceof Promise) throw new TraceRefusal('async', '', 'the function returns a promise')
    const isPlain = (typeof other !== 'object' && typeof other !== 'function') || other === null || ArrayBuffer.isView(other)
    if (isPlain || isTensor(other) || isKnown(other)) continue
    const { getConfig, applyGradients } = other as Model
    if (typeof getConfig === 'function' || typeof applyGradients === 'function') continue
    throw new TraceRefusal(
      'return',
      '',
      `the function returns ${typeof other === 'function' ? 'a function' : `an instance of ${other.constructor?.name ?? 'no class'}`}`,
    )
  }
}
