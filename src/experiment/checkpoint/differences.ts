/** Where two specs differ. */
import { isPlainObject } from '../../util/json.js'

/** The paths at which two pieces of plain data differ, e.g. `run.batch.batchSize`; `free` paths are ignored. */
export function differences(one: unknown, other: unknown, free: (path: string) => boolean, path = ''): readonly string[] {
  if (free(path)) return []
  const below = (key: string | number) => (path === '' ? `${key}` : `${path}.${key}`)
  if (Array.isArray(one) && Array.isArray(other) && one.length === other.length)
    return one.flatMap((item, i) => differences(item, other[i], free, below(i)))
  if (isPlainObject(one) && isPlainObject(other)) {
    const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])]
    return keys.flatMap(key => differences(one[key], other[key], free, below(key)))
  }
  return JSON.stringify(one) === JSON.stringify(other) ? [] : [path]
}
