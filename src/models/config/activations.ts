/** The activations a config may name, in a YAML file or as tfjs's own functions. */

/** Name in a config → identifier of tfjs's activation layer. */
export const activations = {
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
  mish: 'mish',
  linear: 'linear',
} as const

export type ActivationName = keyof typeof activations
export const activationNames = Object.keys(activations) as ActivationName[]

/** The name of an activation given by name or as a function of tfjs (`tf.relu`); undefined for anything else. */
export function activationName(value: unknown): ActivationName | undefined {
  const name = typeof value === 'function' ? value.name.replace(/_?(__op)?$/, '') : value
  return typeof name === 'string' && Object.hasOwn(activations, name) ? (name as ActivationName) : undefined
}

/** The same config with names instead of tfjs's functions: plain data that can be saved. */
export function nameActivations<T>(value: T): T {
  if (typeof value === 'function') return (activationName(value) ?? value) as T
  if (Array.isArray(value)) return value.map(nameActivations) as T
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, nameActivations(item)])) as T
}
