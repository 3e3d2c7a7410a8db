/** One fetch or several, as a list; none gives an empty one. */
export function toFetches(fetches: unknown): readonly string[] {
  return fetches === undefined ? [] : Array.isArray(fetches) ? fetches : [fetches as string]
}
