/** Patterns of paths such as `head/dense/kernel`. */

/** A pattern as a regular expression, which also matches what is below a path that the pattern matches. */
function toExpression(pattern: string): RegExp {
  const steps = pattern.split('/').filter(step => step !== '')
  const last = steps.findLastIndex(step => step !== '**')
  const parts = steps.slice(0, last + 1).map(step => (step === '**' ? '(?:[^/]+/)*' : `${escaped(step)}/`))
  return last < 0 ? /^/ : new RegExp(`^${parts.join('').slice(0, -1)}(?:/.*)?$`)
}

/** One step: `*` stands for any letters of it. */
const escaped = (step: string) => step.replace(/[\\^$.+?()[\]{}|]/g, '\\$&').replaceAll('*', '[^/]*')

/** What patterns select, and those that match nothing. */
export interface Selection {
  readonly paths: ReadonlySet<string>
  readonly idle: readonly string[]
}

/**
 * The paths that patterns select: `*` stands for any part of a step, `**` for any number of steps; a pattern also selects everything below a
 * path that it matches. One that starts with `!` excludes what it matches from what the patterns before it select, or from everything if it
 * is the first.
 *
 * @example
 * selectPaths(['body', '!body/conv-*'], ['body/conv-0/kernel', 'body/norm/gamma', 'head/kernel']).paths // Set { 'body/norm/gamma' }
 */
export function selectPaths(patterns: readonly string[], paths: readonly string[]): Selection {
  const selected = new Set(patterns[0]?.startsWith('!') ? paths : [])
  const idle = patterns.filter(pattern => {
    const isExcluding = pattern.startsWith('!')
    const expression = toExpression(isExcluding ? pattern.slice(1) : pattern)
    const matched = paths.filter(path => expression.test(path))
    for (const path of matched) {
      if (isExcluding) selected.delete(path)
      else selected.add(path)
    }
    return matched.length === 0
  })
  return { paths: selected, idle }
}
