/** What letter `n` is. */
import { anyOf, integer, number, type Options, type OptionTable, option, options } from '../../options/index.js'
import { type Choice, named } from './named-options.js'
import { off } from './value-types.js'

const epsilon = (value: number) => option('added to the variance', number({ above: 0 }), { default: value })
const row = <const O extends OptionTable>(summary: string, table: O) => ({ summary, takes: options(table) as Options<O> })

const norms = {
  batch: row('over a batch, with moving averages; batch_norm has its parameters (Ioffe and Szegedy 2015)', {}),
  layer: row('over the channels of each position (Ba, Kiros, Hinton 2016)', { epsilon: epsilon(1e-6) }),
  group: row('over groups of channels of each item (Wu and He 2018)', {
    groups: option('groups of channels', integer({ min: 1 }), { default: 32 }),
    epsilon: epsilon(1e-5),
  }),
  instance: row('over the positions of each channel of each item (Ulyanov and others 2016)', { epsilon: epsilon(1e-5) }),
}

/** A normalisation with its options. */
export type NormChoice = Choice<typeof norms, 'type'>

export const normChoice = named(norms, { aliases: {}, ending: 'norm', default: 'batch', key: 'type' })

/** A normalisation, or false to leave them out. */
export const norm = anyOf(normChoice, off)
