/** The entries of this room: the problems of a value, and the value with its defaults. */
import { type DetailsOf, type ErrorCode, type ErrorLocation, MillraceError, nearestName } from '../errors/index.js'
import { describeValue } from '../util/describe-value.js'
import type { OptionType, ValueOf } from './option-type.js'
import type { Findings, OptionProblem } from './problem.js'
import { Site } from './site.js'

export interface CheckSettings {
  /** The purpose of the value, for errors about the whole of it. */
  readonly summary?: string
  /** True if keys may be paths, as in configs of models: `'body/block/se_block'`. Default false. */
  readonly paths?: boolean
}

/**
 * Finds every problem of a value, and the old names in it. Throws nothing.
 *
 * @example
 * check(walk, { batchsize: 24 }).errors // [{ code: 'unknown-option', path: ['batchsize'], … }, { code: 'missing-option', … }]
 */
export function check(type: OptionType, value: unknown, { summary = 'this', paths = false }: CheckSettings = {}): Findings {
  const site = new Site(paths, summary)
  type.inspect(value, site)
  return site.collected
}

/**
 * Returns the value with its defaults; `of` names the owner of the options, for the error.
 *
 * @throws MillraceError `unknown-option`, `wrong-value`, `missing-argument`, `argument-alone`, `arguments-exclude`
 *
 * @example
 * const { batchSize } = read(walk, { batchSize: 24 }, 'a walk')
 */
export function read<T extends OptionType>(type: T, value: unknown, of: string, location?: ErrorLocation): ValueOf<T> {
  const [problem] = check(type, value, { summary: of }).errors
  if (problem) failWith(problem, of, location)
  return type.fill(value)
}

/**
 * Returns a function that reads values as `read` does. What it returns for a frozen value is kept: the arguments of a description are read
 * once, not per batch.
 *
 * @example
 * const readWalk = reader(walk, 'a walk')
 */
export function reader<T extends OptionType>(type: T, of: string): (value: object) => ValueOf<T> {
  const known = new WeakMap<object, ValueOf<T>>()
  return value => {
    const kept = known.get(value)
    if (kept !== undefined) return kept
    const values = read(type, value, of)
    if (Object.isFrozen(value)) known.set(value, values as ValueOf<T> & object)
    return values
  }
}

/** Throws a problem as an error. */
export function failWith(problem: OptionProblem, of: string, location?: ErrorLocation): never {
  throw problemError(problem, of, location)
}

/** A problem as an error; `of` names the owner of the options. */
export function problemError(problem: OptionProblem, of: string, location?: ErrorLocation): MillraceError {
  const { path } = problem
  const error = <Code extends ErrorCode>(code: Code, details: DetailsOf<Code>) =>
    new MillraceError(code, details, location ?? {}) as unknown as MillraceError
  const name = path.length > 0 ? `${path.join('/')} of ${of}` : of
  switch (problem.code) {
    case 'unknown-option':
      return error('unknown-option', {
        of: path.length > 1 ? `${path.slice(0, -1).join('/')} of ${of}` : of,
        seen: problem.seen,
        allowed: problem.allowed,
      })
    case 'wrong-value':
      return error('wrong-value', { name, seen: describeValue(problem.seen), allowed: problem.allowed })
    case 'missing-option':
      return error('missing-argument', { action: name, name: problem.name })
    case 'option-alone':
      return error('argument-alone', { action: of, name: problem.name, needs: problem.needs })
    case 'options-exclude':
      return error('arguments-exclude', { action: of, names: problem.names })
  }
}

/** Suggests a correction of a misspelt key or name. */
export function meantBy(problem: OptionProblem): string | undefined {
  if (problem.code === 'unknown-option') return nearestName(problem.seen, problem.allowed)
  return problem.code === 'wrong-value' && typeof problem.seen === 'string' ? nearestName(problem.seen, problem.names) : undefined
}
