import type { OptionType } from './option-type.js'

/**
 * A type in words of its own: an error about a value says them, and nothing of what is inside.
 *
 * @example
 * worded(listOf(string), 'names of components')
 */
export function worded<T extends OptionType>(type: T, allowed: string): T {
  return {
    ...type,
    allowed,
    schema: { ...type.schema, $comment: allowed },
    inspect: (value, site) => {
      const attempt = site.apart()
      type.inspect(value, attempt)
      if (attempt.isClean) site.adopt(attempt)
      else site.reportValue(value, { allowed, names: type.names })
    },
  }
}
