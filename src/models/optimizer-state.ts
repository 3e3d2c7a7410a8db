/** The state of optimizers as named tensors and plain values, and back. */
import { type OptimizerName, optimizerPrototypes, optimizerRows } from '../graph/optimizers/table.js'
import { classOf } from './own-optimizer.js'
import type { Optimizer, Tensor, Tf, Variable } from './tf-types.js'
import type { Updater } from './train/updater.js'

type Plain = number | boolean | string
type Slot = { readonly originalName: string; readonly variable: Variable } | undefined
type Fields = Record<string, unknown>

/** Tensors by name, and the plain values among the fields of an optimizer of the program's own class. */
export interface OptimizerState {
  readonly tensors: readonly { readonly name: string; readonly tensor: Tensor }[]
  readonly values?: Readonly<Record<string, Plain>>
}

/** What precedes the names of the tensors of a network's optimizer number `i` in a file; its own is number 0. */
export const statePrefix = (i: number): string => (i === 0 ? '' : `group ${i}: `)

/** The state of an optimizer. @throws Error if it is of a class whose state cannot be saved, with what that class must do */
export async function takeState(tf: Tf, { optimizer, optimizerName }: Updater): Promise<OptimizerState> {
  if (optimizerName) return { tensors: knownState(optimizer, optimizerName) }
  if (!hasOwnWeights(tf, optimizer)) return fieldsOf(optimizer)
  const weights = await optimizer.getWeights()
  return { tensors: weights.map(({ tensor }, i) => ({ name: `${i}`, tensor: tensor as Tensor })) }
}

/** The variables of an optimizer of the table, by field and position. tfjs's own `getWeights` omits some. */
function knownState(optimizer: Optimizer, name: OptimizerName): OptimizerState['tensors'] {
  const { slots, scalars } = optimizerRows[name]
  const fields = optimizer as unknown as Record<string, Tensor | { variable: Tensor }[]>
  return [
    ...slots.flatMap(({ field }) =>
      (fields[field] as { variable: Tensor }[]).map(({ variable }, i) => ({ name: `${field}/${i}`, tensor: variable })),
    ),
    ...scalars.map(({ field }) => ({ name: field, tensor: fields[field] as Tensor })),
  ]
}

/** True if the class says itself what is saved of it. */
function hasOwnWeights(tf: Tf, optimizer: Optimizer): boolean {
  const known = new Set<object>([tf.Optimizer.prototype, ...optimizerPrototypes(tf).map(([prototype]) => prototype)])
  for (let at: object = Object.getPrototypeOf(optimizer); !known.has(at) && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    if (Object.hasOwn(at, 'getWeights')) return true
  }
  return false
}

/** Whatever the fields of an optimizer hold: variables, lists of them as tfjs's optimizers have, tensors, numbers and strings. */
function fieldsOf(optimizer: Optimizer): OptimizerState {
  const tensors: { name: string; tensor: Tensor }[] = []
  const values: Record<string, Plain> = {}
  for (const [field, value] of Object.entries(optimizer)) {
    if (value === undefined || value === null || typeof value === 'function') continue
    if (isPlain(value)) values[field] = value
    else if (isTensor(value)) tensors.push({ name: field, tensor: value })
    else if (Array.isArray(value) && value.every(isSlot))
      tensors.push(...value.map(({ variable }, i) => ({ name: `${field}/${i}`, tensor: variable as Tensor })))
    else throw new Error(`its optimizer ${classOf(optimizer)} cannot be saved, because of what it keeps in ${field}: ${savable}`)
  }
  return { tensors, values }
}

const savable =
  'an optimizer keeps its state in variables, in lists of { originalName, variable }, in numbers and strings, or has getWeights and setWeights'

/** Puts back what `takeState` returned. Slots become new variables: what was compiled with the previous ones is compiled anew. */
export async function putState(tf: Tf, { optimizer, optimizerName }: Updater, { tensors, values = {} }: OptimizerState): Promise<void> {
  const fields = optimizer as unknown as Fields
  if (!optimizerName && hasOwnWeights(tf, optimizer)) {
    await optimizer.setWeights(tensors.map(({ name, tensor }) => ({ name, tensor: tensor.clone() })))
    return
  }
  const listed = optimizerName ? optimizerRows[optimizerName].slots.map(({ field }) => field) : listsIn(fields, tensors)
  for (const field of listed) {
    for (const slot of (fields[field] ?? []) as Slot[]) slot?.variable.dispose()
    const own = tensors.filter(({ name }) => name.startsWith(`${field}/`))
    fields[field] = own.map(({ name, tensor }) => ({ originalName: name, variable: tensor.variable(false) }))
  }
  for (const { name, tensor } of tensors.filter(({ name }) => !name.includes('/'))) {
    const before = fields[name]
    if (isVariable(before)) before.assign(tensor as never)
    else {
      if (isTensor(before)) before.dispose()
      fields[name] = tf.keep(tensor.clone())
    }
  }
  Object.assign(fields, values)
}

/** The fields that hold lists of variables, now or in what is put back. */
function listsIn(fields: Fields, tensors: OptimizerState['tensors']): readonly string[] {
  const now = Object.keys(fields).filter(field => Array.isArray(fields[field]))
  return [...new Set([...now, ...tensors.flatMap(({ name }) => (name.includes('/') ? [name.split('/')[0]!] : []))])]
}

const isPlain = (value: unknown): value is Plain => /^(number|boolean|string)$/.test(typeof value)
const isTensor = (value: unknown): value is Tensor => typeof (value as Partial<Tensor> | null)?.dataSync === 'function'
const isVariable = (value: unknown): value is Variable => isTensor(value) && typeof (value as Partial<Variable>).assign === 'function'
const isSlot = (value: unknown): value is NonNullable<Slot> => isVariable((value as Slot | null)?.variable)
