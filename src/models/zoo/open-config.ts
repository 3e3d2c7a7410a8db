/** What is known of a zoo class's config before its network is: the class that it names, and inputs that it leaves open. */
import type { Options } from '../../options/index.js'
import { nameActivations } from '../config/activations.js'
import { checkConfig } from '../config/check-config.js'
import { fillInputs, isOpen, openConfigInputs } from '../config/fill-inputs.js'
import { pairsOf } from '../config/written-keys.js'
import type { ConfigCheck, ConfigProblem, KnownData } from '../model-types.js'

type Written = Readonly<Record<string, unknown>>

/** A config without the class that it names, and what is wrong with that: a config that names its class is one of that class. */
export function withoutClass(
  name: string,
  { model, ...config }: Written,
): { readonly config: Written; readonly problems: ConfigProblem[] } {
  const seen = typeof model === 'object' && model !== null && 'name' in model ? model.name : model
  if (model === undefined || model === null || seen === name) return { config, problems: [] }
  return { config, problems: [{ path: ['model'], what: `this is a config of ${seen}, not of ${name}`, allowed: name }] }
}

/** Problems of a config whose inputs are known later: those of its keys. */
export const checkOpenConfig = (keys: Options, written: Written): ConfigCheck => checkConfig(keys, nameActivations(written))

/** True if the data can say more about the inputs than a config does. */
export function leavesOpen(keys: Options, written: Written): boolean {
  return checkOpenConfig(keys, written).errors.length === 0 && isOpen(openConfigInputs(pairsOf(keys, written)))
}

/** A config with the inputs that the data show. */
export function withData(keys: Options, written: Written, data: KnownData): Written {
  const others = Object.entries(written).filter(([key]) => key.split('/')[0] !== 'inputs')
  return { ...Object.fromEntries(others), inputs: fillInputs(openConfigInputs(pairsOf(keys, written)), data) }
}
