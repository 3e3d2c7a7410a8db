/** `attention: se`, `{ type: se, ratio: 8 }`, `true` or null, in any part of any network. */
import { type AnyOf, anyOf, type OptionType, plainType } from '../../options/index.js'
import { type AttentionChoice, attentionRows } from '../attention/table.js'
import { named } from './named-options.js'

export const attentionChoice = named(attentionRows, { aliases: {}, ending: '', default: 'se', key: 'type' })

const byTrue: OptionType<AttentionChoice, true> = plainType<AttentionChoice, true>({
  allowed: 'true for se',
  schema: { const: true },
  test: value => value === true,
  fill: () => attentionChoice.fill('se') as AttentionChoice,
})

const none: OptionType<null, null | false> = plainType<null, null | false>({
  allowed: 'null for none',
  schema: { enum: [null, false] },
  test: value => value === null || value === false,
  fill: () => null,
})

/** Null is tried first, for a choice without a name is the default one. */
export const attention: AnyOf<readonly [typeof none, typeof byTrue, typeof attentionChoice]> = anyOf(none, byTrue, attentionChoice)
