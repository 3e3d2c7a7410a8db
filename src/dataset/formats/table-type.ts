import type { ComponentValue } from '../../pipeline/spec/contracts.js'

/** Columns by name; each has one entry a row. */
export type Table = Readonly<Record<string, ComponentValue>>
