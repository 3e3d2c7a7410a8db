/** Takes values in memory by the ids of items. */
import { fail } from '../../errors/index.js'
import type { ComponentValue } from '../../pipeline/description/contracts.js'
import { describeValue } from '../../util/describe-value.js'
import { isPlainObject } from '../../util/json.js'
import { NdArray } from '../../util/nd-array.js'
import { arrayOfTyped, isTypedArray } from '../../util/typed-values.js'
import { takeItems } from './component.js'
import { fromTensor, isTensor } from './tensor-like.js'

/**
 * Returns a copy of the values of these ids: from arrays, lists and tensors by position, with integer ids; from objects and maps by
 * key.
 *
 * @throws MillraceError `unknown-id`, `wrong-value`
 */
export function takeById(source: unknown, ids: readonly unknown[], name: string): ComponentValue {
  if (isTensor(source)) return takeById(fromTensor(source), ids, name)
  const refuse = (id: unknown, length: number) => fail('unknown-id', { of: `the source of ${name}`, seen: describeValue(id), length })
  if (source instanceof Map) return ids.map(id => (source.has(id) ? source.get(id) : refuse(id, source.size)))
  if (isPlainObject(source)) {
    return ids.map(id => (Object.hasOwn(source, String(id)) ? source[String(id)] : refuse(id, Object.keys(source).length)))
  }
  const values = isTypedArray(source) ? arrayOfTyped(source) : source
  if (!(values instanceof NdArray || Array.isArray(values))) {
    return fail('wrong-value', {
      name: `the source of ${name}`,
      seen: describeValue(source),
      allowed: 'an array, a list, a tensor, an object or a map by id',
    })
  }
  for (const id of ids) if (!Number.isInteger(id) || (id as number) < 0 || (id as number) >= values.length) refuse(id, values.length)
  return takeItems(values as ComponentValue, ids as readonly number[])
}
