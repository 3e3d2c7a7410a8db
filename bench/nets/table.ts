/** The networks of the benchmark by name. */
import { flagship } from './flagship.js'
import { lstm } from './lstm.js'
import { mlp } from './mlp.js'
import type { BenchNet } from './net.js'
import { rows } from './rows.js'
import { unet } from './unet.js'

export const nets = { flagship, mlp, unet, lstm, ...rows } as const satisfies Record<string, BenchNet>

export type NetName = keyof typeof nets
export const netNames = Object.keys(nets) as NetName[]
