/** Checks the keys whose values are names with options: what a table of keys alone cannot say. */
import { didYouMean, listNames } from '../../errors/index.js'
import { Config } from '../../util/config.js'
import type { ConfigProblem } from '../model-types.js'
import { inferOptimizer, oldNamesOf } from '../optimizers.js'
import { inferSchedule } from '../schedules.js'
import type { OptionProblem } from './named-options.js'
import { isLevelValue } from './rules.js'

/** A note for each option of the optimizer under an old name, by the keys as written. */
export function noteOldNames(written: Readonly<Record<string, unknown>>): ConfigProblem[] {
  return oldNamesOf(readWritten(written, 'optimizer') ?? 'Adam').map(({ path, seen, now }) => ({
    path: locate(written, 'optimizer', path),
    what: `${seen} is the old name of ${now}`,
    fix: `Write ${now}.`,
  }))
}

/** Every problem of `optimizer`, `decay` and `gradient_clipping`, by the keys as written. */
export function checkSettings(written: Readonly<Record<string, unknown>>): ConfigProblem[] {
  const problems: ConfigProblem[] = []
  const optimizer = inferOptimizer(readWritten(written, 'optimizer'))
  if ('seen' in optimizer) problems.push(optionProblem(written, 'optimizer', 'the optimizer', optimizer))
  const decay = readWritten(written, 'decay')
  const schedule = decay === undefined || decay === null ? undefined : inferSchedule(decay)
  if (schedule && 'seen' in schedule) problems.push(optionProblem(written, 'decay', 'the learning-rate schedule', schedule))
  const clipping = readWritten(written, 'gradient_clipping')
  if (isLevelValue(clipping) && Object.keys(clipping).length !== 1) {
    problems.push({
      path: locate(written, 'gradient_clipping', []),
      what: `gradients are clipped in one way, not ${Object.keys(clipping).length}`,
      allowed: 'one of norm, variable_norm, value',
    })
  }
  return problems
}

function optionProblem(written: Readonly<Record<string, unknown>>, key: string, what: string, problem: OptionProblem): ConfigProblem {
  const { path, seen, allowed } = problem
  const fix = typeof allowed === 'string' ? undefined : didYouMean(seen, allowed)
  return {
    path: locate(written, key, path),
    what: `${seen} cannot be used for ${what}`,
    allowed: typeof allowed === 'string' ? allowed : listNames(allowed),
    ...(fix && { fix }),
  }
}

/** Where `path` below `key` was written, which may have been with both in one: `decay/decaySteps`. */
function locate(written: Readonly<Record<string, unknown>>, key: string, path: readonly (string | number)[]): (string | number)[] {
  const joined = [key, ...path].join('/')
  if (Object.hasOwn(written, joined)) return [joined]
  if (Object.hasOwn(written, key)) return [key, ...path]
  const below = Object.keys(written).find(other => other.startsWith(`${key}/`))
  return [below ?? key]
}

/** The value of a top-level key, with what is written below it as paths; undefined where keys are not usable at all. */
function readWritten(written: Readonly<Record<string, unknown>>, key: string): unknown {
  const entries = Object.entries(written).filter(([path]) => path.split('/').find(step => step !== '') === key)
  try {
    const value = new Config(entries).get(key, undefined)
    return value instanceof Config ? value.toJSON() : value
  } catch {
    return undefined
  }
}
