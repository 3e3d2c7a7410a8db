/** The zoo: the rows of all families. */
import type { ZooRow } from './family.js'
import { resnets } from './resnet.js'

export const rows = { ...resnets } as const satisfies Record<string, ZooRow>

export type ZooName = keyof typeof rows
