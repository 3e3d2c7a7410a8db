/** What a family of networks is: its config keys, defaults, and how a config becomes a plan. */
import type { Config } from '../../util/config.js'
import type { InputsSpec } from '../config/inputs.js'
import type { Level } from '../config/rules.js'
import type { Plan } from '../plan/plan.js'

export interface Family {
  readonly keys: Level
  /** Laid under every config of the family. Keys may be paths. */
  readonly defaults: Readonly<Record<string, unknown>>
  /** The network of a complete config. */
  readonly plan: (config: Config, inputs: InputsSpec) => Plan
}
