/** Names for live things: functions, arrays, tensors, pipelines. Plain data refers to them by these. */

const names = new WeakMap<object, string>()
let count = 0

/** A name for a live thing: its own or that of its class, made unique in the process. A thing always gets the same one. */
export function liveName(thing: object): string {
  const known = names.get(thing)
  if (known !== undefined) return known
  count++
  const own = 'name' in thing && typeof thing.name === 'string' ? thing.name : typeof thing === 'object' && thing.constructor?.name
  const name = `${own || (typeof thing === 'function' ? 'function' : 'value')}#${count}`
  names.set(thing, name)
  return name
}
