/** `stem` and `like`: keys that stand for several others, which a family states. */
import type { Config } from '../../util/config.js'
import type { ConfigProblem } from '../model-types.js'
import { registeredRows } from './registered-rows.js'
import type { Defaults, ZooRow } from './zoo-row.js'

/** What they stand for in a config of this row. */
export function presetsOf({ family: { smallStem, likes } }: ZooRow, config: Config): Defaults {
  return { ...(config.get('stem') === 'small' && smallStem), ...likes[config.get<string>('like')] }
}

/** A library whose parameters neither the family nor that of the encoder states: the key would do nothing. */
export function findPresetProblem(row: ZooRow, config: Config): ConfigProblem | undefined {
  const like = config.get<string | null>('like')
  if (like === null) return undefined
  const encoder = registeredRows.get(config.get<string>('encoder/model', ''))
  const families = [row, ...(encoder ? [encoder] : [])].map(({ family }) => family)
  const known = new Set(families.flatMap(({ likes }) => Object.keys(likes)))
  if (known.has(like)) return undefined
  return {
    path: ['like'],
    what: `there are no parameters like ${like} for ${families.map(({ name }) => name).join(' over ')}`,
    allowed: known.size > 0 ? [...known].join(', ') : 'no like for this family',
    fix: 'Leave like out, and set what differs, such as common/padding: torch.',
  }
}
