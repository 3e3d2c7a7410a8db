/** What an expression can see when it is evaluated. */
import { fail } from '../../errors/index.js'
import { deriveSeed } from '../../util/seeds.js'
import type { SourceBatch, SourceDataset } from '../spec/contracts.js'
import type { Session, Walk } from './session.js'

export class Scope {
  #draws = 0

  constructor(
    readonly session: Session,
    /** Absent before the first batch: in a static model's config, in a variable's first value. */
    readonly batch?: SourceBatch,
    readonly walk?: Walk,
    /** The action's number in its pipeline, from 1; 0 outside actions. */
    readonly action = 0,
    readonly signal?: AbortSignal,
  ) {}

  /** The seed of this batch and action: pure in (run seed, batch, action). */
  get seed(): number {
    return deriveSeed(this.walk?.seed ?? this.session.seed, 'batch', this.walk?.current ?? 0, this.action)
  }

  /** A seed for the next random value of this action. */
  nextDrawSeed(own?: number): number {
    const draw = this.#draws++
    return own === undefined ? deriveSeed(this.seed, 'draw', draw) : deriveSeed(own, 'batch', this.walk?.current ?? 0)
  }

  requireBatch(letter: string): SourceBatch {
    return this.batch ?? fail('no-batch', { letter })
  }

  requireDataset(): SourceDataset {
    const name = this.session.spec.dataset
    return (name !== undefined ? this.session.bindings.datasets[name] : undefined) ?? fail('pipeline-without-dataset', undefined)
  }
}
