/** A complete config: the family's defaults, the row's, presets, then the user's. */

import { Config } from '../../util/config.js'
import { isPlainObject } from '../../util/json.js'
import type { Section } from '../blocks/section.js'
import { blockTypes } from '../blocks/types/registered.js'
import { pairsOf } from '../config/written-keys.js'
import { defaultOptimizer } from '../optimizers.js'
import { mergeBlock } from '../trunk/groups.js'
import { presetsOf } from './presets.js'
import type { ZooRow } from './zoo-row.js'

/** Defaults of every config. */
export const baseDefaults = { optimizer: defaultOptimizer }

/** What a row is before the user's config. */
export function rowDefaults({ family, defaults }: ZooRow): Config {
  return new Config(baseDefaults).merge(family.defaults).merge(defaults)
}

export function completeConfig(row: ZooRow, written: Readonly<Record<string, unknown>>): Config {
  const { family } = row
  const given = new Config(pairsOf(family.shape.keys, written))
  // An optimizer and its schedule are one choice: choosing another replaces both defaults.
  const own = without(rowDefaults(row).merge(presetsOf(row, given)), given.has('optimizer') ? ['optimizer', 'decay'] : [])
  const { defaults, user } = family.shape.resolve?.(own, given) ?? { defaults: own, user: given }
  return family.shape.trunks.reduce((config, path) => mergeTrunk(config, defaults, user, path), defaults.merge(user))
}

/** The config without these paths, where it has them. */
export const without = (config: Config, paths: readonly string[]): Config => config.without(...paths.filter(path => config.has(path)))

/** What is written at a path; undefined is as if it were not written. */
export const writtenAt = (config: Config, path: string): unknown => (config.has(path) ? config.get(path) : undefined)

/**
 * The blocks of a trunk. Another type of block takes none of the row's keys (nor its filters, if it has widths of its own), another
 * attention replaces the row's, and what is said of single groups is merged group by group.
 */
function mergeTrunk(config: Config, defaults: Config, user: Config, path: string): Config {
  const isOmitted = [path, `${path}/block`].some(part => config.get(part, {}) === null)
  if (isOmitted) return config
  const own = user.get<Config | null>(`${path}/block`)?.toJSON() ?? {}
  const base = defaults.get<Config | null>(`${path}/block`)?.toJSON() ?? {}
  const isOther = own.type !== undefined && own.type !== base.type
  const isAttended = writtenAt(user, 'common/attention') !== undefined || ['attention', 'se_block'].some(key => own[key] !== undefined)
  const drop = (section: Section) => (isAttended ? withoutAttention(section) : section)
  const block = mergeBlock(drop(base), own)
  const ownGroups = writtenAt(user, `${path}/by_group`)
  const groups = mergeGroups(isOther ? null : defaults.get(`${path}/by_group`), ownGroups, drop)
  const isNarrowed = isOther && blockTypes.get(own.type as string)?.takesFilters === false
  const widths = isNarrowed ? ['filters', 'widening'].map(key => `${path}/${key}`).filter(key => !user.has(key)) : []
  const cleared = without(config, [`${path}/block`, `${path}/by_group`, ...widths])
  return cleared.merge([
    ...(Object.keys(block).length > 0 ? [[`${path}/block`, block] as const] : []),
    ...(groups || ownGroups === null ? [[`${path}/by_group`, groups] as const] : []),
  ])
}

/** Null drops what is said below it. */
function mergeGroups(base: unknown, own: unknown, drop: (section: Section) => Section): readonly Section[] | null {
  if (own === null) return null
  const [under, over] = [base, own].map(list => (Array.isArray(list) ? (list as readonly Section[]) : []))
  const length = Math.max(under!.length, over!.length)
  if (length === 0) return null
  return Array.from({ length }, (_, i) => mergeGroup(dropDeep(under![i] ?? {}, drop), over![i] ?? {}))
}

function mergeGroup(base: Section, own: Section): Section {
  const { by_block: under, ...rest } = base
  const { by_block: over, ...ownRest } = own
  const blocks = mergeGroups(under, over, section => section)
  return { ...mergeBlock(rest, ownRest), ...(blocks && { by_block: blocks }) }
}

function dropDeep(section: Section, drop: (section: Section) => Section): Section {
  const { by_block, ...rest } = drop(section)
  return Array.isArray(by_block) ? { ...rest, by_block: by_block.map(drop) } : rest
}

const withoutAttention = (section: Section): Section =>
  Object.fromEntries(Object.entries(section).filter(([key]) => key !== 'attention' && key !== 'se_block'))

/** Sections as plain data, for those that expect no `Config`. */
export const toSection = (value: unknown): Section => (value instanceof Config ? value.toJSON() : isPlainObject(value) ? value : {})
