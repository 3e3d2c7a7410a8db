/** Checks the keys and values of a config as the user wrote it, against a table of rules. */

import { didYouMean, listNames } from '../../errors/index.js'
import { describeValue } from '../../util/describe-value.js'
import { isForbiddenKey } from '../../util/paths.js'
import type { ConfigProblem } from '../model-types.js'
import { oldKeys } from './keys.js'
import { isLevelValue, type Level, levelOf, type Names, type Rule } from './rules.js'

export interface KeyProblems {
  readonly errors: ConfigProblem[]
  readonly notes: ConfigProblem[]
}

/** Every unknown key and wrong value below `written`; keys may be paths. */
export function checkKeys(written: Record<string, unknown>, root: Level): KeyProblems {
  const problems: KeyProblems = { errors: [], notes: [] }
  checkLevel(written, root, [], problems)
  return problems
}

function checkLevel(written: Record<string, unknown>, table: Level | Names, above: readonly string[], problems: KeyProblems): void {
  for (const [key, value] of Object.entries(written)) {
    const path = [...above, key]
    const rule = descend(key, table, path, problems)
    if (rule) checkValue(value, rule, path, problems)
  }
}

/** The rule of a key that may be a path; undefined, and an error, if there is none. */
function descend(key: string, table: Level | Names, path: readonly string[], problems: KeyProblems): Rule | undefined {
  const steps = key.split('/').filter(step => step !== '')
  let rule: Rule = table
  for (const [i, written] of steps.entries()) {
    const next: Level | Names | undefined = levelOf(rule)
    if (next?.kind === 'names' && !isForbiddenKey(written)) {
      rule = next.each
      continue
    }
    const step =
      i === 0 && path.length === 1 && next === table && Object.hasOwn(oldKeys, written) ? renamed(written, key, path, problems) : written
    if (next?.kind !== 'level' || !Object.hasOwn(next.keys, step)) {
      const above = steps.slice(0, i).join('/')
      const allowed = next?.kind === 'level' ? Object.keys(next.keys) : []
      problems.errors.push({
        path,
        what: `there is no key ${written}${above && ` in ${above}`}`,
        ...(allowed.length > 0 ? { allowed: listNames(allowed, 20), fix: didYouMean(written, allowed) } : {}),
      })
      return undefined
    }
    rule = next.keys[step]!
  }
  if (steps.length === 0) problems.errors.push({ path, what: 'a key has at least one letter' })
  return steps.length === 0 ? undefined : rule
}

function renamed(old: string, key: string, path: readonly string[], problems: KeyProblems): string {
  const now = oldKeys[old]!
  problems.notes.push({ path, what: `${old} is the old name of ${now}`, fix: `Write ${key.replace(old, now)}.` })
  return now
}

function checkValue(value: unknown, rule: Rule, path: readonly string[], problems: KeyProblems): void {
  const below = levelOf(rule)
  if (below && isLevelValue(value)) {
    checkLevel(value, below, path, problems)
  } else if (rule.kind !== 'leaf') {
    problems.errors.push({
      path,
      what: `${describeValue(value)} cannot stand here`,
      allowed: below?.kind === 'level' ? `the keys ${listNames(Object.keys(below.keys), 20)}` : 'names and what they mean',
    })
  } else if (!rule.test(value)) {
    const keys = rule.level?.kind === 'level' ? `; or the keys ${Object.keys(rule.level.keys).join(', ')}` : ''
    const fix = typeof value === 'string' ? didYouMean(value, rule.names) : undefined
    problems.errors.push({
      path,
      what: `${describeValue(value)} cannot be used for ${rule.summary}`,
      allowed: rule.allowed + keys,
      ...(fix && { fix }),
    })
  }
}

/** Where a resolved path such as `body/filters` stands in a config as written; the longest key that leads there. */
export function findWritten(written: Record<string, unknown>, path: string): readonly string[] {
  const target = path.split('/')
  for (const [key, value] of Object.entries(written)) {
    const steps = key.split('/').filter(step => step !== '')
    if (Object.hasOwn(oldKeys, steps[0] ?? '')) steps[0] = oldKeys[steps[0]!]!
    if (!steps.every((step, i) => step === target[i])) continue
    const rest = target.slice(steps.length).join('/')
    return rest !== '' && isLevelValue(value) ? [key, ...findWritten(value, rest)] : [key]
  }
  return []
}
