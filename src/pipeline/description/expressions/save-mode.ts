/** How a value is saved: write replaces, append adds one item, extend adds all items, update merges keys. BatchFlow's one-letter forms are accepted. */
export const saveModes = ['write', 'append', 'extend', 'update'] as const
export type LongSaveMode = (typeof saveModes)[number]
export type SaveMode = LongSaveMode | 'w' | 'a' | 'e' | 'u'

/** The long name of a mode: `a` is `append`. */
export function toSaveMode(mode: SaveMode): LongSaveMode
export function toSaveMode(mode: unknown): LongSaveMode | undefined
export function toSaveMode(mode: unknown): LongSaveMode | undefined {
  return saveModes.find(name => name === mode || name[0] === mode)
}
