/** `bench check`: what knowing without running costs: a file read and checked, a model's config checked, first weights drawn. */
import { readFileSync } from 'node:fs'
import { readExperiment, registry } from '../../src/experiment.js'
import { glorotUniform } from '../../src/models/build/initializers.js'
import { ResNet } from '../../src/models.js'
import { flagshipConfig } from '../support/flagship.js'
import { median, rounded } from '../support/median.js'
import type { Asked } from '../support/options.js'
import { flagshipFile } from '../support/places.js'
import { alignColumns, type Presentation, present, type Result, resultHead } from '../support/result.js'

export interface CheckOptions extends Presentation {
  readonly times: number
}

export interface CheckResult extends Result {
  readonly kind: 'check'
  /** Milliseconds of the first time, in a process that has done nothing yet, and the median of the others. */
  readonly milliseconds: Readonly<Record<string, { readonly first: number; readonly median: number }>>
}

export function measureChecks({ times, ...presentation }: CheckOptions, asked: Asked): void {
  const text = readFileSync(flagshipFile, 'utf8')
  const file = measure(times, () => readExperiment(text, { registry, file: flagshipFile }))
  const flagship = flagshipConfig({ engine: 'graph', se: false })
  const milliseconds = {
    'pipelines/se-comparison.yaml, read and checked': file,
    "the flagship's config, checked": measure(times, () => ResNet.checkConfig(flagship)),
    'eight million weights, drawn': measure(times, () => glorotUniform([2000, 4000], 1)),
  }
  const rows = Object.entries(milliseconds).map(([what, { first, median }]) => [what, `${first} ms first`, `${median} ms after`])
  const result: CheckResult = { ...resultHead('check', asked, {}), kind: 'check', milliseconds }
  present(result, 'check', alignColumns(rows), presentation)
}

function measure(times: number, run: () => unknown) {
  const laps = Array.from({ length: times + 1 }, () => {
    const started = performance.now()
    run()
    return performance.now() - started
  })
  return { first: rounded(laps[0]!), median: rounded(median(laps.slice(1))) }
}
