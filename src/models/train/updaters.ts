/** The optimizers of a network: its own, and one for each group of weights. */
import { fail } from '../../errors/index.js'
import { setLearningRate } from '../optimizers.js'
import type { NamedTensorMap, Tensor } from '../tf-types.js'
import type { Network } from './network.js'
import type { Updater } from './updater.js'

/** All optimizers of a network, its own first, each with the name of its group. */
export function updatersOf(network: Network): readonly (Updater & { readonly group?: string })[] {
  return [network, ...network.groups.map(group => ({ ...group, group: group.name }))]
}

/**
 * Sets the rates of the next update where the config has schedules. `model.train` calls it before each step, so that engines find a rate
 * where tfjs keeps it.
 */
export function updateLearningRates(network: Network): void {
  const { name: model, clock } = network
  for (const { schedule, optimizer, group } of updatersOf(network)) {
    if (!schedule) continue
    const rate: unknown = schedule(clock.step)
    if (typeof rate !== 'number' || !Number.isFinite(rate) || rate < 0)
      fail('wrong-rate', { model, step: clock.step, seen: String(rate), ...(group !== undefined && { group }) })
    setLearningRate(optimizer, rate)
  }
}

/**
 * Updates the variables and the optimizers' state. tfjs's optimizers keep the state of a variable by its position among the gradients, so
 * each variable keeps the position of its first gradient, and gets `null` if it currently has none (a frozen layer).
 */
export function applyGradients(network: Network, gradients: Readonly<Record<string, Tensor>>): void {
  const entries = Object.entries(gradients)
  for (const group of network.groups) {
    const own = entries.filter(([name]) => group.variables.has(name))
    if (own.length > 0) applyOwn(group, Object.fromEntries(own))
  }
  const others = entries.filter(([name]) => !network.groups.some(({ variables }) => variables.has(name)))
  if (others.length > 0 || network.groups.length === 0) applyOwn(network, Object.fromEntries(others))
}

function applyOwn({ optimizer, slotNames }: Updater, gradients: Readonly<Record<string, Tensor>>): void {
  const placedBefore = new Set(slotNames)
  slotNames.push(...Object.keys(gradients).filter(name => !placedBefore.has(name)))
  const placed = slotNames.map(name => [name, Object.hasOwn(gradients, name) ? gradients[name] : null] as const)
  optimizer.applyGradients(Object.fromEntries(placed) as NamedTensorMap)
}
