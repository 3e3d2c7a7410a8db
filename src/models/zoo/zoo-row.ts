/** A variant of a family: its defaults lie over the family's, the user's config over both. */
import type { Options } from '../../options/index.js'
import type { Config } from '../../util/config.js'
import type { Section } from '../blocks/section.js'
import type { InputsSpec } from '../config/inputs.js'
import type { PlanBuilder, Ref } from '../plan/plan.js'

export type Defaults = Readonly<Record<string, unknown>>

/** What the parts of a network are built from. */
export interface PartsContext {
  readonly plan: PlanBuilder
  /** The network's input. */
  readonly input: Ref
  readonly inputs: InputsSpec
  /** The complete config. */
  readonly config: Config
  /** A section of the config as plain data; empty if there is none. */
  readonly section: (path: string) => Section
  /** The parameters of all parts. */
  readonly common: Section
}

/** The parts of a network, in their order: which keys they take, and what they add. */
export interface NetworkShape<Written = any> {
  /** Never set: carries the type of its configs. */
  readonly configType?: Written
  /** Every key that a config takes. */
  readonly keys: Options
  /** Sections that are trunks: what is said of blocks there is merged group by group. */
  readonly trunks: readonly string[]
  /** Paths of keys that BatchFlow had elsewhere → today's. */
  readonly oldKeys?: Readonly<Record<string, string>>
  /** Replaces keys that stand for others: what they mean lies over the family's defaults, or is written in their place. */
  readonly resolve?: (defaults: Config, user: Config) => { readonly defaults: Config; readonly user: Config }
  /** Adds all layers and returns the last one's output. */
  readonly add: (context: PartsContext) => Ref
}

export interface Family {
  readonly name: string
  readonly summary: string
  readonly shape: NetworkShape
  /** Defaults of every config of the family. Keys may be paths. */
  readonly defaults: Defaults
  /** `stem: small`: the initial block for images of about 32×32. */
  readonly smallStem: Defaults
  /** `like: NAME`: what makes the network that of another library. */
  readonly likes: Readonly<Record<string, Defaults>>
  /** Filters besides the trunk's that `width_factor` multiplies. */
  readonly widened: readonly string[]
}

export interface ZooRow {
  readonly family: Family
  readonly summary: string
  readonly defaults: Defaults
  /** The shape of one image, and the number of classes, of the published network. */
  readonly published: Published
}

export interface Published {
  readonly shape: readonly number[]
  readonly classes: number
}
