/** The kinds of attention. */
import type { Choice } from '../config/named-options.js'
import { bam } from './bam.js'
import { cbam } from './cbam.js'
import { eca } from './eca.js'
import { fpa } from './fpa.js'
import { gate } from './gate.js'
import { mhsa } from './mhsa.js'
import { scse } from './scse.js'
import { se } from './se.js'
import { ssa } from './ssa.js'

export const attentionRows = { se, eca, cbam, scse, bam, ssa, mhsa, fpa, gate }

/** A kind of attention with its options. */
export type AttentionChoice = Choice<typeof attentionRows, 'type'>
