/** Types of values that only configs of models take. */
import { type AnyOf, anyOf, listOf, nullable, type OptionType, oneOf, plainType, type WrittenOf } from '../../options/index.js'
import { type ActivationName, activationName, activationNames } from './activations.js'

const activationOrNone = nullable(
  plainType<ActivationName, ActivationName | ((...args: never[]) => unknown)>({
    allowed: `${activationNames.join(', ')}, or such a function of tfjs`,
    schema: { enum: activationNames },
    names: activationNames,
    test: value => activationName(value) !== undefined,
    fill: activationName as (value: never) => ActivationName,
  }),
  'for none',
)

/** An activation by its name, or as a function of tfjs; null for none. */
export const activation: typeof activationOrNone = activationOrNone

/** A class of models: by its name, or in TypeScript itself (a class, a `tf.LayersModel`, a function that builds one). */
export const modelClass: OptionType<string | object, string | object> = plainType({
  allowed: 'a model class, by its name',
  schema: { type: 'string', minLength: 1 },
  test: value => (typeof value === 'string' ? value !== '' : typeof value === 'function' || (typeof value === 'object' && value !== null)),
})

/** False leaves a kind of layer out. */
export const off: OptionType<false, false> = oneOf([false])

type PerLayer<T extends OptionType> = AnyOf<
  readonly [T, OptionType<readonly unknown[], readonly (WrittenOf<T> | readonly WrittenOf<T>[])[]>]
>

/** A value for all layers of its kind, or a list: one for each layer of its kind in the layout, or one for each axis. */
export function perLayer<T extends OptionType>(type: T): PerLayer<T> {
  return anyOf(type, { ...listOf(anyOf(type, listOf(type))), allowed: 'a list of such' })
}
