/** `encoder/model`: the initial block and the body of a classifier of the zoo, as defaults of a segmenter's. */
import type { OptionType } from '../../options/index.js'
import type { Config } from '../../util/config.js'
import { moveKey } from '../config/old-keys.js'
import { rowDefaults, without, writtenAt } from './complete-config.js'
import { presetsOf } from './presets.js'
import { registeredRows } from './registered-rows.js'
import type { ZooRow } from './zoo-row.js'

const hasBody = ({ family }: ZooRow) => family.shape.trunks.includes('body')

const isModel = (value: unknown) => typeof value === 'string' && registeredRows.has(value) && hasBody(registeredRows.get(value)!)
const modelNames = () => [...registeredRows.keys()].filter(isModel)

/** The name of a classifier, or null. Families are defined after this type, so the names are read when a value is checked. */
export const encoderModel: OptionType<string | null, string | null> = {
  allowed: 'the name of a classifier of the zoo, or null for none',
  get names() {
    return modelNames()
  },
  schema: { type: ['string', 'null'], examples: ['ResNet18', 'ResNet34', 'ResNet50', 'SEResNet50'] },
  inspect: (value, site) => {
    if (value !== null && !isModel(value)) site.reportValue(value, { allowed: `${modelNames().join(', ')}, or null`, names: modelNames() })
  },
  fill: (value: string | null) => value,
  hasShape: () => false,
}

/** Parts of which another type takes none of the row's keys. */
const parts = ['embedding', 'decoder']
const isOther = (base: unknown, own: unknown) => own !== null && own !== base

interface Configs {
  readonly defaults: Config
  readonly user: Config
}

/**
 * The defaults with those of the model that is named, and the user's keys where they then belong: what is written below `encoder/body` and
 * `encoder/initial_block` is that of `encoder` and `initial_block`.
 */
export function resolveEncoder(given: Config, written: Config): Configs {
  const user = moveKey(moveKey(written, 'encoder/body', 'encoder'), 'encoder/initial_block', 'initial_block')
  const defaults = without(
    given,
    parts.filter(part => isOther(given.get(`${part}/type`), user.get(`${part}/type`))),
  )
  const chosen = writtenAt(user, 'encoder/model') as string | null | undefined
  const name = chosen === undefined ? defaults.get<string | null>('encoder/model') : chosen
  if (name === null) return { defaults, user }
  const row = registeredRows.get(name)!
  const model = rowDefaults(row).merge(presetsOf(row, user))
  const isOfRow = defaults.has('encoder/model')
  const own = isOfRow ? defaults.get<Config>('encoder') : null
  return {
    user,
    defaults: without(defaults, ['encoder', 'initial_block']).merge([
      ['initial_block', model.get<Config | null>('initial_block')?.toJSON() ?? {}],
      ['encoder', model.get<Config | null>('body')?.toJSON() ?? {}],
      ['encoder/common', model.get<Config | null>('common')?.toJSON() ?? {}],
      // What the user says of all parts is said of this one, too.
      ['encoder/common', user.get<Config | null>('common')?.toJSON() ?? {}],
      ['encoder', own?.toJSON() ?? {}],
    ]),
  }
}
