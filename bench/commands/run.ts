/** `bench run`: the flagship's four pipelines, alone or in turn with BatchFlow's own. */
import { existsSync } from 'node:fs'
import { measureHere, measurePython } from '../support/child.js'
import { median, rounded } from '../support/median.js'
import { type Asked, suffixOf } from '../support/options.js'
import { fromHere, nameOf, pythonIn } from '../support/peers.js'
import { childFile, mnistFolder, peerFile } from '../support/places.js'
import { BenchProblem } from '../support/problem.js'
import { alignColumns, grouped, type Presentation, present, progress, type Result, resultHead } from '../support/result.js'

export interface RunOptions extends Presentation {
  readonly engine: string
  readonly peers?: string
  readonly batchflow?: string
  readonly iterations: number
  readonly rounds?: number
}

/** What a measuring process prints, Millrace's and BatchFlow's alike. */
interface RunFacts {
  readonly params: { readonly resnet: number; readonly se: number }
  readonly iteration_ms: number
  readonly res_train: number
  readonly res_test: number
  readonly se_train: number
  readonly se_test: number
  readonly peak_rss_mb?: number
  readonly version?: string
}

interface RunFigures {
  readonly iterationMs: number
  readonly resTrainMs: number
  readonly resTestMs: number
  readonly seTrainMs: number
  readonly seTestMs: number
  readonly peakRssMb?: number
}

export interface RunResult extends Result {
  readonly kind: 'run'
  readonly engine: string
  /** Counted iterations of a process. */
  readonly iterations: number
  readonly parameters: Readonly<Record<string, RunFacts['params']>>
  readonly rounds: readonly Readonly<Record<string, RunFigures>>[]
  readonly medians: Readonly<Record<string, RunFigures>>
  /** Minutes that `wholeRun` iterations take at the median. */
  readonly minutes: Readonly<Record<string, number>>
  /** Millrace's time of an iteration over BatchFlow's. */
  readonly ratio?: number
}

/** Iterations of the whole run. */
const wholeRun = 500

/** Measures and prints. The networks of BatchFlow's blocks are a little larger than the flagship's; both counts are told. */
export async function run(options: RunOptions, asked: Asked): Promise<void> {
  const { engine, peers, rounds = peers === undefined ? 1 : 3 } = options
  const iterations = Math.ceil(options.iterations / rounds)
  const programs = programsOf(options, iterations, asked)
  const all: Record<string, RunFacts>[] = []
  for (let round = 1; round <= rounds; round++) {
    const facts: Record<string, RunFacts> = {}
    for (const [name, measure] of Object.entries(programs)) {
      const found = await measure()
      facts[name] = found
      progress(`round ${round} of ${rounds}, ${nameOf(name)}: ${found.iteration_ms.toFixed(0)} ms an iteration`)
    }
    all.push(facts)
  }
  const result = toResult(all, engine, iterations, asked)
  present(result, `run${suffixOf({ engine })}`, describe(result), options)
}

function programsOf({ engine, peers, batchflow }: RunOptions, iterations: number, { signal }: Asked) {
  const millrace = () => measureHere<RunFacts>(childFile('run.ts'), { engine, iterations }, signal)
  if (batchflow !== undefined && peers === undefined) throw new BenchProblem('--batchflow goes with --peers: it names what runs there')
  if (peers === undefined) return { millrace }
  const python = pythonIn(peers)
  const file = batchflow === undefined ? peerFile('batchflow_run.py') : fromHere(batchflow)
  if (!existsSync(file)) throw new BenchProblem(`there is no file ${batchflow}; --batchflow takes a Python file`)
  const args = ['--mnist', mnistFolder(), '--iterations', `${iterations}`]
  return { millrace, batchflow: () => measurePython<RunFacts>(python, file, args, signal) }
}

function toResult(all: readonly Readonly<Record<string, RunFacts>>[], engine: string, iterations: number, asked: Asked): RunResult {
  const first = all[0]!
  const perProgram = <T>(value: (name: string) => T) => Object.fromEntries(Object.keys(first).map(name => [name, value(name)]))
  const rounds = all.map(facts => Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, toFigures(fact)])))
  const medians = perProgram(name => mediansOf(rounds.map(round => round[name]!)))
  const { millrace, batchflow } = medians
  return {
    ...resultHead('run', asked, { tensorflow: first.millrace!.version!, ...batchflowVersion(first.batchflow) }),
    kind: 'run',
    engine,
    iterations,
    parameters: perProgram(name => first[name]!.params),
    rounds,
    medians,
    minutes: perProgram(name => rounded((medians[name]!.iterationMs * wholeRun) / 60_000)),
    ...(batchflow ? { ratio: rounded(millrace!.iterationMs / batchflow.iterationMs) } : {}),
  }
}

const batchflowVersion = (facts: RunFacts | undefined) => (facts?.version ? { batchflow: facts.version } : undefined)

function toFigures({ iteration_ms, res_train, res_test, se_train, se_test, peak_rss_mb }: RunFacts): RunFigures {
  return {
    iterationMs: rounded(iteration_ms),
    resTrainMs: rounded(res_train),
    resTestMs: rounded(res_test),
    seTrainMs: rounded(se_train),
    seTestMs: rounded(se_test),
    ...(peak_rss_mb === undefined ? {} : { peakRssMb: peak_rss_mb }),
  }
}

function mediansOf(rounds: readonly RunFigures[]): RunFigures {
  const names = Object.keys(rounds[0]!) as (keyof RunFigures)[]
  return Object.fromEntries(names.map(name => [name, rounded(median(rounds.map(figures => figures[name]!)))])) as unknown as RunFigures
}

function describe({ engine, iterations, rounds, medians, minutes, parameters, ratio }: RunResult): string {
  const title = `the SE comparison, engine ${engine}; medians of ${rounds.length} × ${iterations} iterations, ms`
  const head = ['', 'iteration', 'ResNet train', 'test', 'SE-ResNet train', 'test', `${wholeRun} iterations, min`, 'peak memory, MB']
  const rows = Object.entries(medians).map(([name, figures]) => {
    const { iterationMs, resTrainMs, resTestMs, seTrainMs, seTestMs, peakRssMb } = figures
    const memory = peakRssMb === undefined ? '–' : grouped(peakRssMb)
    const times = [iterationMs, resTrainMs, resTestMs, seTrainMs, seTestMs, minutes[name]!]
    return [nameOf(name), ...times.map(String), memory]
  })
  const counts = Object.entries(parameters).map(([name, { resnet, se }]) => `${nameOf(name)} ${grouped(resnet)} and ${grouped(se)}`)
  return [
    title,
    '',
    alignColumns([head, ...rows]),
    ...(ratio === undefined ? [] : [`Millrace / BatchFlow: ${ratio.toFixed(2)}`]),
    `parameters: ${counts.join('; ')}`,
  ].join('\n')
}
