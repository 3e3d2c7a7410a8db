/** The live state of one pipeline: variables, models, the iterator of `nextBatch`. The description stays frozen; the session changes. */
import { fail } from '../../../errors/index.js'
import type { Config } from '../../../util/config.js'
import type { Bindings } from '../../description/content/bindings.js'
import { declaredNames } from '../../description/content/declared-names.js'
import type { PipelineSpec } from '../../description/content/pipeline-spec.js'
import { openConfig } from '../../description/content/stored-config.js'
import type { Model } from '../../description/contracts.js'
import { type Serially, serially } from '../batches/serially.js'
import type { Profile } from '../profile.js'
import type { Lock } from './lock.js'
import type { Resettable } from './resettable.js'
import type { Build } from './state/builds.js'
import type { NextBatchCursor } from './stepping.js'

export class Session {
  readonly variables = new Map<string, unknown>()
  readonly models = new Map<string, Model>()
  /** Dynamic models that are built when they are first fed: their configs leave open what the data say. */
  readonly openModels = new Map<string, Build>()
  readonly locks = new Map<string, Lock>()
  /** Models that this session built, and frees. */
  readonly own = new Set<Model>()
  /** True if variables and static models have been set up. */
  started = false
  /** True if `dispose` freed its models and it has not started again. */
  isDisposed = false
  /** How often models were freed: a run in progress does not go on with new ones. */
  timesFreed = 0
  /** `nextBatch`, between calls. */
  stepping: NextBatchCursor | undefined
  /** The cost of the last or current run with `profile`. */
  profile: Profile | undefined
  /** The seed of weights: the first run's. */
  seed = 0
  /** Actions that read or change the state take turns. */
  readonly exclusive: Serially = serially()

  #config: Config | undefined

  constructor(
    readonly name: string,
    readonly spec: PipelineSpec,
    readonly bindings: Bindings,
  ) {}

  /** What `C('path')` reads. */
  get config(): Config {
    this.#config ??= openConfig(this.spec.config)
    return this.#config
  }

  /** Sets the value at a path for this session; the spec is unchanged. */
  saveConfig(path: string, value: unknown): void {
    this.#config = this.config.set(path, value)
  }

  variable(name: string): unknown {
    return this.variables.has(name) ? this.variables.get(name) : this.#missing('variable', name, [...this.variables.keys()])
  }

  model(name: string): Model {
    return this.models.get(name) ?? this.#missing('model', name, [...this.models.keys()])
  }

  lock(name: string): Lock {
    return this.locks.get(name) ?? this.#missing('lock', name, [...this.locks.keys()])
  }

  /** Distinguishes what is declared but does not exist yet from what is misspelt. */
  #missing(kind: 'variable' | 'model' | 'lock', name: string, present: readonly string[]): never {
    const pipeline = this.name
    const names = declaredNames(this.spec, kind)
    if (names.includes(name)) fail('not-yet', { kind, name }, { pipeline })
    return fail('unknown-name', { kind, seen: name, allowed: [...new Set([...names, ...present])] }, { pipeline })
  }

  reset(what: ReadonlySet<Resettable>): void {
    if (what.has('iterator')) {
      this.stepping?.close()
      this.stepping = undefined
    }
    if (what.has('models')) {
      if (this.own.size > 0) this.timesFreed++
      for (const model of this.own) model.dispose()
      this.own.clear()
      this.models.clear()
      this.openModels.clear()
    }
    if (what.has('variables')) this.variables.clear()
    if (what.has('models') || what.has('variables')) this.started = false
  }
}
