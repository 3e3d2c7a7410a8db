/** The activations a config may name, in a YAML file or as tfjs's own functions. */

/** Name in a config → identifier of tfjs's activation layer. */
export const stockActivations = {
  relu: 'relu',
  relu6: 'relu6',
  elu: 'elu',
  selu: 'selu',
  sigmoid: 'sigmoid',
  tanh: 'tanh',
  softmax: 'softmax',
  softplus: 'softplus',
  softsign: 'softsign',
  swish: 'swish',
  silu: 'swish',
  mish: 'mish',
  gelu: 'gelu',
  linear: 'linear',
} as const

/**
 * Those that are layers of their own: MobileNetV3's piecewise linear sigmoid and swish, relu6(x + 3) / 6 and its product with x, and a relu
 * with a slope of 0.2 below zero, as `tf.leakyRelu` and BatchFlow have it.
 */
const layerActivations = ['h_sigmoid', 'h_swish', 'leaky_relu'] as const

/** An activation without weights. */
export type PlainActivation = keyof typeof stockActivations | (typeof layerActivations)[number]
/** `prelu` has weights: a slope per channel. */
export type ActivationName = PlainActivation | 'prelu'
export const activationNames: readonly ActivationName[] = [
  ...(Object.keys(stockActivations) as PlainActivation[]),
  ...layerActivations,
  'prelu',
]

/** tfjs's functions with other names. */
const functionNames: Readonly<Record<string, ActivationName>> = { leakyRelu: 'leaky_relu' }

/** The name of an activation given by name or as a function of tfjs (`tf.relu`); undefined for anything else. */
export function activationName(value: unknown): ActivationName | undefined {
  const own = typeof value === 'function' ? value.name.replace(/_?(__op)?$/, '') : undefined
  const name = own === undefined ? value : (functionNames[own] ?? own)
  return activationNames.find(known => known === name)
}

/** The same config with names instead of tfjs's functions: plain data that can be saved. */
export function nameActivations<T>(value: T): T {
  if (typeof value === 'function') return (activationName(value) ?? value) as T
  if (Array.isArray(value)) return value.map(nameActivations) as T
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, nameActivations(item)])) as T
}
