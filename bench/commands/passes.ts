/** `bench passes`: what each pass of the compiler buys on a network, by leaving it out. */
import { passes } from '../../src/graph.js'
import { type NetName, nets } from '../nets/table.js'
import { measureHere } from '../support/child.js'
import { median, rounded } from '../support/median.js'
import type { Asked } from '../support/options.js'
import { childFile } from '../support/places.js'
import { alignColumns, present, progress, type Result, resultHead } from '../support/result.js'
import type { StepFacts } from '../support/step-result.js'

export interface PassesOptions {
  readonly net: NetName
  readonly se?: boolean
  readonly batch?: number
  readonly steps: number
  readonly rounds: number
  readonly json?: boolean
  readonly record?: boolean
}

interface Figures {
  readonly trainMs: number
  readonly evaluateMs: number
}

/** The result of `passes`. */
interface PassesResult extends Result {
  readonly kind: 'passes'
  readonly net: string
  readonly se: boolean
  readonly batch: number
  /** With every pass. */
  readonly all: Figures
  /** Without the pass of this name. */
  readonly without: Readonly<Record<string, Figures>>
}

/** Each round measures the whole compiler and then the compiler without each pass, every one in a process of its own. */
export async function measurePasses(options: PassesOptions, asked: Asked): Promise<void> {
  const { net, se = false, steps, rounds, batch = nets[net].batch } = options
  const lists = ['', ...passes.filter(({ isOptional }) => isOptional).map(({ name }) => name), PLAIN]
  const seen: Record<string, StepFacts[]> = {}
  let version = ''
  for (let round = 1; round <= rounds; round++) {
    for (const without of lists) {
      const told = { net, se, batch, steps, engine: 'graph', without: without === PLAIN ? lists.slice(1, -1).join() : without }
      const facts = await measureHere<StepFacts>(childFile('step.ts'), told, asked.signal)
      seen[without] = [...(seen[without] ?? []), facts]
      version = facts.version
      const what = without === '' ? 'every pass' : without === PLAIN ? 'no optional pass' : `without ${without}`
      progress(`round ${round} of ${rounds}, ${what}: ${facts.train_ms.toFixed(1)} and ${facts.evaluate_ms.toFixed(1)} ms`)
    }
  }
  const figures = (without: string): Figures => ({
    trainMs: rounded(median(seen[without]!.map(({ train_ms }) => train_ms))),
    evaluateMs: rounded(median(seen[without]!.map(({ evaluate_ms }) => evaluate_ms))),
  })
  const result: PassesResult = {
    ...resultHead('passes', asked, { tensorflow: version }),
    kind: 'passes',
    net,
    se,
    batch,
    all: figures(''),
    without: Object.fromEntries(lists.slice(1).map(name => [name, figures(name)])),
  }
  present(result, `passes-${net}${se ? '-se' : ''}`, describe(result), options)
}

/** Without any pass that may be left out. */
const PLAIN = 'all of these'

function describe({ net, se, batch, all, without }: PassesResult): string {
  const title = `${net}${se ? ' with squeeze and excitation' : ''}, batch ${batch}: every pass, and each left out`
  const rows = Object.entries(without).map(([name, { trainMs, evaluateMs }]) => [
    `without ${name}`,
    `${trainMs}`,
    `${evaluateMs}`,
    (trainMs - all.trainMs).toFixed(1),
    (evaluateMs - all.evaluateMs).toFixed(1),
  ])
  const head = ['', 'training step, ms', 'evaluation, ms', 'more', 'more']
  return [title, '', alignColumns([head, ['every pass', `${all.trainMs}`, `${all.evaluateMs}`, '', ''], ...rows])].join('\n')
}
