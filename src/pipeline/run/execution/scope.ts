/** What an expression can read when it is evaluated. */
import { fail } from '../../../errors/index.js'
import { describeKind } from '../../../util/describe-value.js'
import { deriveSeed } from '../../../util/seeds.js'
import type { SourceBatch, SourceDataset } from '../../description/contracts.js'
import { printExpression } from '../../description/expressions/print-expression.js'
import type { Session } from '../session/session.js'
import type { Walk } from '../session/stepping.js'
import type { BatchRun } from './batch-run.js'

/** How plain data is evaluated: `evaluate`, which itself needs scopes. */
export type Evaluate = (value: unknown, scope: Scope) => unknown

/** Which action of a pipeline is being done: its number, and the round of each `repeat` around it. */
export type ActionPosition = readonly [number: number | string, ...rounds: readonly number[]]

export class Scope {
  #draws = 0

  constructor(
    readonly session: Session,
    /** Absent before the first batch: in a static model's config, in a variable's first value. */
    readonly run?: BatchRun,
    readonly walk?: Walk,
    readonly position: ActionPosition = [0],
    readonly signal?: AbortSignal,
    /** The name of the action being performed. */
    readonly action = 'the pipeline',
  ) {}

  get batch(): SourceBatch | undefined {
    return this.run?.batch
  }

  /** The batch's number, from 1. */
  get iteration(): number {
    return this.run?.number ?? 1
  }

  /** The seed of this batch and action: pure in (run seed, batch, action). */
  get seed(): number {
    return deriveSeed(this.walk?.seed ?? this.session.seed, 'batch', this.iteration - 1, ...this.position)
  }

  /** A seed for the next random value of this action. */
  nextDrawSeed(own?: number): number {
    const draw = this.#draws++
    return own === undefined ? deriveSeed(this.seed, 'draw', draw) : deriveSeed(own, 'batch', this.iteration - 1)
  }

  requireBatch(letter: string): SourceBatch {
    return this.batch ?? fail('no-batch', { letter })
  }

  /** The current batch with the state its actions share. */
  requireRun(): BatchRun {
    return this.run ?? fail('no-batch', { letter: this.action })
  }

  /** The dataset of the run under way, or the one a run would have. */
  requireDataset(evaluate: Evaluate): SourceDataset {
    return this.walk?.dataset ?? resolveDataset(this.session, evaluate)
  }
}

function resolveDataset(session: Session, evaluate: Evaluate): SourceDataset {
  const { dataset: name, datasetFrom } = session.spec
  if (datasetFrom === undefined) {
    return (name !== undefined ? session.bindings.datasets[name] : undefined) ?? fail('pipeline-without-dataset', undefined)
  }
  const given = evaluate(datasetFrom, new Scope(session))
  if (typeof given === 'object' && given !== null && 'openOrder' in given) return given as SourceDataset
  const details = { name: `the dataset ${printExpression(datasetFrom)}`, seen: describeKind(given), allowed: 'a dataset or a part of one' }
  return fail('wrong-value', details)
}
