/** The networks of the benchmark by name. */
import { densenet } from './densenet.js'
import { flagship } from './flagship.js'
import { lstm } from './lstm.js'
import { mlp } from './mlp.js'
import { mobilenet } from './mobilenet.js'
import type { BenchNet } from './net.js'
import { resnet18 } from './resnet18.js'
import { unet } from './unet.js'

export const nets = { flagship, resnet18, mlp, unet, lstm, densenet, mobilenet } as const satisfies Record<string, BenchNet>

export type NetName = keyof typeof nets
export const netNames = Object.keys(nets) as NetName[]
