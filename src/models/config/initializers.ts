/** How initial weights are drawn. */
import { number, type Options, type OptionTable, option, options } from '../../options/index.js'
import { named } from './named-options.js'

const row = <const O extends OptionTable>(summary: string, table: O) => ({ summary, takes: options(table) as Options<O> })

const initializers = {
  glorot_uniform: row('uniform in ±√(6 / (fan in + fan out)) (Glorot and Bengio 2010)', {}),
  he_normal: row('normal with the variance 2 / fan in (He and others 2015)', {}),
  he_uniform: row('uniform in ±√(6 / fan in) (He and others 2015)', {}),
  truncated_normal: row('normal, cut off at two standard deviations', {
    stddev: option('the standard deviation', number({ above: 0 }), { default: 0.02 }),
  }),
}

export const initializer = named(initializers, { aliases: {}, ending: '', default: 'glorot_uniform', key: 'type' })
