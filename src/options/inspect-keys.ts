import type { Entry, Level } from './option-type.js'
import type { Site } from './site.js'

/** Inspects the value of each key of a map; returns the names of known keys, and of the first key of each path. */
export function inspectKeys(written: Readonly<Record<string, unknown>>, level: Level, site: Site): ReadonlySet<string> {
  const known = new Set<string>()
  for (const [key, value] of Object.entries(written)) {
    if (value === undefined) continue
    const steps = site.withPaths ? key.split('/').filter(step => step !== '') : [key]
    const entries = descend(key, steps, level, site)
    if (entries[0]) known.add(entries[0].name)
    const last = entries[steps.length - 1]
    if (last) last.type.inspect(value, site.below(key, last.summary || site.summary))
  }
  return known
}

/** Returns the type at each step of a key; an unknown step is reported and ends it. */
function descend(key: string, steps: readonly string[], level: Level, site: Site): readonly Entry[] {
  const entries: Entry[] = []
  const path = [...site.path, key]
  let at: Level | undefined = level
  for (const step of steps.length > 0 ? steps : [key]) {
    const entry: Entry | undefined = at?.entry(step)
    if (!entry) {
      site.report({ code: 'unknown-option', path, seen: step, allowed: at?.keys ?? [] })
      break
    }
    if (entry.name !== step) site.note({ path, seen: step, now: entry.name })
    entries.push(entry)
    at = entry.type.level
  }
  return entries
}
