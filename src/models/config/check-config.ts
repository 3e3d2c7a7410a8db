/** Every problem of a config, by the keys as the user wrote them. */
import { fail, listNames } from '../../errors/index.js'
import { check, meantBy, type OldName, type OptionProblem, type Options } from '../../options/index.js'
import { Config } from '../../util/config.js'
import { describeValue } from '../../util/describe-value.js'
import { joinPath } from '../../util/paths.js'
import type { ConfigCheck, ConfigProblem } from '../model-types.js'
import { keyMeantBy } from './batchflow-words.js'
import { gatherWholes, locateWritten } from './written-keys.js'

/** Unknown keys and wrong values are errors; old names are notes. Keys may be paths. */
export function checkConfig(type: Options, given: Readonly<Record<string, unknown>>): ConfigCheck {
  const written = given instanceof Config ? given.toJSON() : given
  const { errors, notes } = check(type, gatherWholes(written), { paths: true })
  const located = (problem: ConfigProblem) => ({ ...problem, path: locateWritten(written, problem.path) })
  return { errors: errors.map(error => located(toProblem(error))), notes: notes.map(note => located(toNote(note))) }
}

/** Throws the first problem of a section whose type became known while the network is described; `path` leads to the section. */
export function failSection(type: Options, section: object, path: string): void {
  const [problem] = check(type, section).errors
  if (problem === undefined) return
  const found = toProblem(problem)
  fail('model-config', { model: 'this model', problems: [{ ...found, path: [joinPath(path, ...found.path.map(String))] }] })
}

function toProblem(problem: OptionProblem): ConfigProblem {
  const { path } = problem
  switch (problem.code) {
    case 'unknown-option': {
      const { seen, allowed } = problem
      const steps = path.join('/').split('/')
      const above = steps.slice(0, steps.lastIndexOf(seen)).join('/')
      return {
        path,
        what: seen === '' ? 'a key has at least one letter' : `there is no key ${seen}${above && ` in ${above}`}`,
        ...(allowed.length > 0 && { allowed: listNames(allowed, 20) }),
        ...hint(problem),
      }
    }
    case 'wrong-value': {
      const { seen, summary, allowed } = problem
      return { path, what: `${describeValue(seen)} cannot be used for ${summary}`, allowed, ...hint(problem) }
    }
    case 'missing-option':
      return { path, what: `${problem.name} is missing`, allowed: problem.allowed }
    case 'options-exclude':
      return { path, what: `${problem.names.join(' and ')} exclude each other`, allowed: `one of ${problem.names.join(', ')}` }
    case 'option-alone':
      return { path, what: `${problem.name} does nothing without ${problem.needs}`, fix: `Add ${problem.needs}.` }
  }
}

function hint(problem: OptionProblem): { readonly fix?: string } {
  const meant = (problem.code === 'unknown-option' ? keyMeantBy(problem.seen, problem.allowed) : undefined) ?? meantBy(problem)
  return meant === undefined ? {} : { fix: `Did you mean ${meant}?` }
}

function toNote({ path, seen, now }: OldName): ConfigProblem {
  return { path, what: `${seen} is the old name of ${now}`, fix: `Write ${String(path.at(-1)).replace(seen, now)}.` }
}
