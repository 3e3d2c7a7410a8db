import type { Option, OptionType, WrittenOf } from './option-type.js'

export interface OptionNotes<Written> {
  /** The default. */
  readonly default?: Written
  /** Optional, without a default. */
  readonly optional?: boolean
  readonly oldNames?: readonly string[]
}

type PresenceOf<Notes> = Notes extends { readonly default: {} | null }
  ? 'default'
  : Notes extends { readonly optional: true }
    ? 'optional'
    : 'required'

/**
 * An option. It is required unless it has a default or is `optional`.
 *
 * @example
 * option('items per batch', integer({ min: 1 }))
 * option('padding of convolutions', oneOf(['same', 'valid']), { default: 'same' })
 * option('the label of the line', string, { optional: true })
 */
export function option<T extends OptionType, const N extends OptionNotes<WrittenOf<T>> = {}>(
  summary: string,
  type: T,
  notes?: N,
): Option<T, PresenceOf<N>> {
  const { default: value, optional = false, oldNames = [] } = notes ?? ({} as N)
  const presence = value !== undefined ? 'default' : optional ? 'optional' : 'required'
  return { summary, type, presence: presence as PresenceOf<N>, ...(value !== undefined && { default: type.fill(value) }), oldNames }
}
