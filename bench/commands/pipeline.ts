/** `bench pipeline`: what a pipeline costs beside the work: batches of MNIST, shuffled and scaled, no model; alone or in turn with BatchFlow. */
import { measureHere, measurePython } from '../support/child.js'
import { median, rounded } from '../support/median.js'
import type { Asked } from '../support/options.js'
import { nameOf, pythonIn } from '../support/peers.js'
import { childFile, mnistFolder, peerFile } from '../support/places.js'
import { BenchProblem } from '../support/problem.js'
import { alignColumns, grouped, type Presentation, present, progress, type Result, resultHead } from '../support/result.js'

export interface PipelineOptions extends Presentation {
  readonly peers?: string
  readonly seconds: number
  readonly rounds?: number
}

/** What a measuring process prints, by the number of items in a batch. */
interface PipelineFacts {
  readonly sizes: Readonly<Record<string, { readonly per_second: number; readonly batches: number; readonly pixels: number }>>
  readonly version?: string
}

/** Batches a second, by the number of items in a batch. */
type Rates = Readonly<Record<string, number>>

export interface PipelineResult extends Result {
  readonly kind: 'pipeline'
  /** How long each size was measured at least, in each round. */
  readonly seconds: number
  readonly rounds: readonly Readonly<Record<string, Rates>>[]
  readonly medians: Readonly<Record<string, Rates>>
  /** The median of the rounds' ratios: Millrace's batches a second over BatchFlow's of the same round. */
  readonly ratios?: Rates
}

const sizes = [1, 32, 300]

/** Measures and prints. With peers, each round runs both programs, one after the other. */
export async function pipeline(options: PipelineOptions, asked: Asked): Promise<void> {
  const { peers, seconds, rounds = peers === undefined ? 1 : 5 } = options
  const programs = programsOf(options, asked)
  const all: Record<string, PipelineFacts>[] = []
  for (let round = 1; round <= rounds; round++) {
    const facts: Record<string, PipelineFacts> = {}
    for (const [name, measure] of Object.entries(programs)) {
      facts[name] = await measure()
      progress(`round ${round} of ${rounds}, ${nameOf(name)}: ${describeRates(ratesOf(facts[name]))}`)
    }
    checkWork(facts)
    all.push(facts)
  }
  const result = toResult(all, seconds, asked)
  present(result, 'pipeline', describe(result), options)
}

function programsOf({ peers, seconds }: PipelineOptions, { signal }: Asked): Record<string, () => Promise<PipelineFacts>> {
  const millrace = () => measureHere<PipelineFacts>(childFile('pipeline.ts'), { sizes, seconds }, signal)
  if (peers === undefined) return { millrace }
  const python = pythonIn(peers)
  const args = ['--mnist', mnistFolder(), '--sizes', sizes.join(','), '--seconds', `${seconds}`]
  return { millrace, batchflow: () => measurePython<PipelineFacts>(python, peerFile('batchflow_pipeline.py'), args, signal) }
}

/** Only equal work is compared: an epoch has as many batches, and the middle pixels of all its images, scaled, have the same sum. */
function checkWork(facts: Readonly<Record<string, PipelineFacts>>): void {
  for (const size of sizes) {
    const [first, ...others] = Object.values(facts).map(({ sizes }) => sizes[size]!)
    const same = others.every(({ batches, pixels }) => batches === first!.batches && Math.abs(pixels / first!.pixels - 1) < 1e-6)
    if (!same) throw new BenchProblem(`the work was not the same in batches of ${size}: ${JSON.stringify(facts)}`)
  }
}

const ratesOf = ({ sizes }: PipelineFacts): Rates => mapRates(size => rounded(sizes[size]!.per_second))
const mapRates = (value: (size: number) => number): Rates => Object.fromEntries(sizes.map(size => [size, value(size)]))

function toResult(all: readonly Readonly<Record<string, PipelineFacts>>[], seconds: number, asked: Asked): PipelineResult {
  const rounds = all.map(facts => Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, ratesOf(fact)])))
  const names = Object.keys(rounds[0]!)
  const medians = names.map(name => [name, mapRates(size => rounded(median(rounds.map(round => round[name]![size]!))))] as const)
  const version = all[0]!.batchflow?.version
  return {
    ...resultHead('pipeline', asked, version === undefined ? {} : { batchflow: version }),
    kind: 'pipeline',
    seconds,
    rounds,
    medians: Object.fromEntries(medians),
    ...(version === undefined
      ? {}
      : { ratios: mapRates(size => rounded(median(rounds.map(({ millrace, batchflow }) => millrace![size]! / batchflow![size]!)))) }),
  }
}

const describeRates = (rates: Rates) =>
  `${sizes.map(size => grouped(Math.round(rates[size]!))).join(', ')} batches of ${sizes.join(', ')} a second`

function describe({ rounds, medians, ratios }: PipelineResult): string {
  const title = `MNIST shuffled and scaled, no model; batches a second, medians of ${rounds.length} rounds`
  const head = ['items in a batch', ...sizes.map(String)]
  const rows = Object.entries(medians).map(([name, rates]) => [nameOf(name), ...sizes.map(size => grouped(Math.round(rates[size]!)))])
  const ratio = ratios === undefined ? [] : [['Millrace / BatchFlow', ...sizes.map(size => ratios[size]!.toFixed(2))]]
  return [title, '', alignColumns([head, ...rows, ...ratio])].join('\n')
}
