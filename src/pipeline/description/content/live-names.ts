/** Names for live things: functions, arrays, tensors, pipelines. Plain data refers to them by name. */

const names = new WeakMap<object, string>()
let count = 0

/** A name for a live thing: its own or its class's, made unique in the process. The same thing always gets the same name. */
export function liveName(thing: object): string {
  const known = names.get(thing)
  if (known !== undefined) return known
  count++
  const own = 'name' in thing && typeof thing.name === 'string' ? thing.name : typeof thing === 'object' && thing.constructor?.name
  const name = `${own || (typeof thing === 'function' ? 'function' : 'value')}#${count}`
  names.set(thing, name)
  return name
}
