/** The distributions to draw random values from. A new one is a row in one of these files and nothing else. */
import { byInversion } from './by-inversion.js'
import { byRejection } from './by-rejection.js'
import { choice } from './choice.js'
import type { Distribution, OptionalParameter, Parameter, ParameterTable } from './distribution.js'
import { vectors } from './vectors.js'

export const distributions = { ...byInversion, ...byRejection, ...vectors, choice } as const

export type DistributionName = keyof typeof distributions
export const distributionNames = Object.keys(distributions) as readonly DistributionName[]

type TableOf<Name extends DistributionName> = (typeof distributions)[Name]['parameters']
type GivenFor<P> = P extends Parameter<any, infer Given> ? Given : never
type OptionalNames<Table extends ParameterTable> = {
  [Name in keyof Table]: Table[Name] extends OptionalParameter ? Name : never
}[keyof Table]

/** The parameters of a distribution as a caller passes them, by name. */
export type DistributionParameters<Name extends DistributionName> = {
  readonly [P in Exclude<keyof TableOf<Name>, OptionalNames<TableOf<Name>>>]: GivenFor<TableOf<Name>[P]>
} & { readonly [P in OptionalNames<TableOf<Name>>]?: GivenFor<TableOf<Name>[P]> }

export function isDistributionName(name: string): name is DistributionName {
  return Object.hasOwn(distributions, name)
}

/** A row with unknown parameter names. */
export function distributionOf(name: DistributionName): Distribution {
  return distributions[name] as unknown as Distribution
}
