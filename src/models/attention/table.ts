/** The kinds of attention. */
import type { Choice } from '../config/named-options.js'
import { cbam } from './cbam.js'
import { eca } from './eca.js'
import { fpa } from './fpa.js'
import { gate } from './gate.js'
import { scse } from './scse.js'
import { se } from './se.js'

export const attentionRows = { se, eca, cbam, scse, fpa, gate }

/** A kind of attention with its options. */
export type AttentionChoice = Choice<typeof attentionRows, 'type'>
