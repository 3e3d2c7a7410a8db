/** Outcomes of batches for tests of single operators. */

import type { SourceBatch } from '../../../../src/pipeline/description/contracts.js'
import type { Outcome } from '../../../../src/pipeline/run/batches/outcome.js'
import type { BatchRun } from '../../../../src/pipeline/run/execution/batch-run.js'
import { BatchRun as Run } from '../../../../src/pipeline/run/execution/batch-run.js'
import { numbers } from '../../../support/numbers.js'

/** A batch that notes when it is freed. */
export function freeable(number = 1, length = 1): { readonly run: BatchRun; readonly outcome: Outcome; readonly freed: () => number } {
  let freed = 0
  const batch: SourceBatch = numbers(10).batchByPos(Uint32Array.from({ length }, (_, i) => i))
  batch.set(
    'held',
    Object.assign(
      Array.from({ length }, () => 'held'),
      { dispose: () => freed++ },
    ),
  )
  const run = new Run(batch, number)
  return { run, outcome: { kind: 'N', value: run }, freed: () => freed }
}

export const failed = (error: unknown): Outcome => ({ kind: 'E', error })

/** Three that every operator passes on. */
export const three = (): readonly [Outcome, Outcome, Outcome] => [freeable(1).outcome, freeable(2).outcome, freeable(3).outcome]
