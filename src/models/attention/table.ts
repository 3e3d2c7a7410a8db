/** The kinds of attention. */
import type { Choice } from '../config/named-options.js'
import { cbam } from './cbam.js'
import { eca } from './eca.js'
import { scse } from './scse.js'
import { se } from './se.js'

export const attentionRows = { se, eca, cbam, scse }

/** A kind of attention with its options. */
export type AttentionChoice = Choice<typeof attentionRows, 'type'>
