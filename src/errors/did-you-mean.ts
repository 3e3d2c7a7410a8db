import { closest, distance } from 'fastest-levenshtein'

/** The allowed name nearest to the one seen, if it is close enough to be a typo (at most a third of its letters). */
export function nearestName(seen: string, allowed: readonly string[]): string | undefined {
  if (allowed.length === 0) return undefined
  const sameLetters = allowed.find(name => name.toLowerCase() === seen.toLowerCase())
  if (sameLetters) return sameLetters
  const nearest = closest(seen, allowed as string[])
  return distance(seen, nearest) <= Math.max(1, Math.ceil(nearest.length / 3)) ? nearest : undefined
}

/** Returns "Did you mean x?" if a near name exists. */
export function didYouMean(seen: string, allowed: readonly string[]): string | undefined {
  const nearest = nearestName(seen, allowed)
  return nearest === undefined ? undefined : `Did you mean ${nearest}?`
}

/** Lists at most `max` names for an error, then how many more there are. */
export function listNames(names: readonly string[], max = 12): string {
  if (names.length === 0) return 'none'
  if (names.length <= max) return names.join(', ')
  return `${names.slice(0, max).join(', ')} and ${names.length - max} more`
}

/** The allowed names for an error: all of them up to `most`; of a longer list, half as many, the nearest to the one seen, in its order. */
export function listNear(seen: string, allowed: readonly string[], most = 12): string {
  if (allowed.length <= most) return listNames(allowed, most)
  const distances = allowed.map(name => [name, distance(seen, name)] as const)
  const near = new Set(
    distances
      .toSorted(([, a], [, b]) => a - b)
      .slice(0, most / 2)
      .map(([name]) => name),
  )
  return `${allowed.filter(name => near.has(name)).join(', ')} and others`
}
