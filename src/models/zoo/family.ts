/** A family of networks: its config keys, defaults, and how a config becomes a plan. Each has an initial block, a body and a head. */
import { type Option, type Options, type OptionTable, option, options } from '../../options/index.js'
import type { Config } from '../../util/config.js'
import { convBlock } from '../blocks/conv-block.js'
import type { Section } from '../blocks/parameters.js'
import type { InputsSpec } from '../config/inputs.js'
import { commonKeys, initialBlockKeys, layoutKeys, sharedKeys } from '../config/keys.js'
import { defaultOptimizer } from '../optimizers.js'
import { type Plan, PlanBuilder, type Ref } from '../plan/plan.js'

/** What the body of a network is built from. */
export interface BodyContext {
  readonly builder: PlanBuilder
  /** The output of the initial block. */
  readonly entry: Ref
  /** The complete config. */
  readonly config: Config
  /** A section of the config as plain data; empty if there is none. */
  readonly section: (path: string) => Section
  /** The parameters of all parts. */
  readonly common: Section
}

export interface Family<O extends OptionTable = any> {
  readonly name: string
  /** Every key that its configs take. */
  readonly keys: Options<O>
  /** Defaults of every config of the family. Keys may be paths. */
  readonly defaults: Readonly<Record<string, unknown>>
  /** Adds the layers between the initial block and the head, and returns the last one's output. */
  readonly addBody: (context: BodyContext) => Ref
}

/** A variant: its defaults override its family's. */
export interface ZooRow {
  readonly family: Family
  readonly summary: string
  readonly defaults: Readonly<Record<string, unknown>>
}

interface Definition<B extends OptionTable> extends Omit<Family, 'keys'> {
  /** The keys below `body`; those of the other parts are the same for all families. */
  readonly body: Option<Options<B>>
}

/** A family with the keys of every network. */
export function defineFamily<const B extends OptionTable>({ body, ...family }: Definition<B>) {
  const keys = options({ ...sharedKeys, ...partKeys, body })
  return { ...family, keys } satisfies Family
}

const optional = { optional: true } as const
const partKeys = {
  initial_block: option('the layers before the body', options(initialBlockKeys), { ...optional, oldNames: ['input_block'] }),
  head: option('the layers after the body', options(layoutKeys), optional),
  common: option('parameters of all parts', options(commonKeys), optional),
}

/** Defaults of every config. */
export const baseDefaults = { optimizer: defaultOptimizer }

/** The network of a complete config. The head has as many outputs as there are targets. */
export function planNetwork({ addBody }: Family, config: Config, inputs: InputsSpec): Plan {
  const builder = new PlanBuilder()
  const section = (path: string): Section => config.get<Config | null>(path)?.toJSON() ?? {}
  const common = section('common')
  const { inputs: _, ...initial } = section('initial_block')
  const [data] = inputs.data
  const entry = convBlock(builder, builder.input(data!.name, data!.shape as number[]), 'initial_block', common, initial)
  const body = builder.block('body', addBody({ builder, entry, config, section, common }))
  const outputs = inputs.target?.shape.at(-1) ?? undefined
  return builder.finish(convBlock(builder, body, 'head', common, { units: outputs, filters: outputs }, section('head')))
}
