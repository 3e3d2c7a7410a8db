/** `bench table`: what is kept in bench/results, as Markdown for the README. */
import { type NetName, netNames, nets } from '../nets/table.js'
import { defaultEngine } from '../support/options.js'
import { peerNames } from '../support/peers.js'
import { BenchProblem } from '../support/problem.js'
import { grouped, keptResults, type Result } from '../support/result.js'
import type { StepFigures, StepResult } from '../support/step-result.js'
import type { FirstLossResult } from './first-loss.js'
import type { LeaksResult } from './leaks.js'
import type { PipelineResult } from './pipeline.js'
import type { RunResult } from './run.js'

export interface TableOptions {
  readonly engine: string
}

/** Prints the newest result of each kind, network and batch. */
export function table({ engine = defaultEngine() }: TableOptions): void {
  const kept = keptResults().filter(result => (result as Result & { readonly engine?: string }).engine === engine)
  const stepsOf = (results: readonly Result[]) => newestSteps(results.filter((result): result is StepResult => result.kind === 'step'))
  const steps = stepsOf(kept)
  const eager = engine === 'eager' ? [] : stepsOf(keptResults().filter(result => (result as StepResult).engine === 'eager'))
  const newest = <T extends Result>(kind: T['kind']) => kept.findLast(result => result.kind === kind) as T | undefined
  const others = [
    runLine(newest<RunResult>('run')),
    firstLossLine(newest<FirstLossResult>('first-loss')),
    leaksLine(newest<LeaksResult>('leaks')),
    pipelineLine(keptResults().findLast((result): result is PipelineResult => result.kind === 'pipeline')),
  ]
  const text = [stepTable(steps, eager), ...others, conditions(steps)].filter(part => part !== '').join('\n\n')
  if (text === '') throw new BenchProblem(`bench/results holds nothing of engine ${engine}; make it with npm run bench -- step --record`)
  console.log(text)
}

function newestSteps(steps: readonly StepResult[]): StepResult[] {
  const newest = new Map(steps.map(result => [`${result.net} ${result.se} ${result.batch}`, result]))
  const place = ({ net, se, batch }: StepResult) => netNames.indexOf(net as NetName) * 1e6 + Number(se) * 1e5 + batch
  return [...newest.values()].sort((a, b) => place(a) - place(b))
}

/** Millrace's medians, those of its eager engine, and each peer's with the ratio of the two behind. */
function stepTable(steps: readonly StepResult[], eager: readonly StepResult[]): string {
  if (steps.length === 0) return ''
  const peers = (['torch', 'tensorflow'] as const).filter(peer => steps.some(({ medians }) => medians[peer]))
  const others = [...(eager.length > 0 ? ['eager'] : []), ...peers.map(peer => peerNames[peer])]
  const head = ['', 'batch', 'training step', ...others, 'evaluation', ...others, 'memory', ...others]
  const rows = steps.map(({ net, se, batch, medians }) => {
    const own = medians.millrace!
    const unrolled = eager.find(other => other.net === net && other.se === se && other.batch === batch)?.medians.millrace
    const cells = (value: (figures: StepFigures) => number, show: (ms: number) => string) => [
      `**${show(value(own))}**`,
      ...[...(eager.length > 0 ? [unrolled] : []), ...peers.map(peer => medians[peer])].map(figures =>
        figures === undefined ? '' : `${show(value(figures))} (${(value(own) / value(figures)).toFixed(2)})`,
      ),
    ]
    return [
      `${net}${se ? ', SE' : ''}`,
      `${batch}`,
      ...cells(({ trainMs }) => trainMs, milliseconds),
      ...cells(({ evaluateMs }) => evaluateMs, milliseconds),
      ...cells(({ peakRssMb }) => peakRssMb, grouped),
    ]
  })
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'))
  const lines = [head, rule, ...rows].map(cells => `| ${cells.join(' | ')} |`)
  const networks = [...new Set(steps.map(({ net }) => net))].map(net => `- ${net}: ${nets[net as NetName]?.summary ?? ''}`)
  const note = `Milliseconds and MB${others.length > 0 ? "; in parentheses Millrace's figure over that one, below 1 Millrace needs less" : ''}.`
  return [...lines, '', note, '', ...networks].join('\n')
}

const milliseconds = (ms: number) => (ms < 10 ? ms.toFixed(2) : ms < 100 ? ms.toFixed(1) : ms.toFixed(0))

function runLine(result: RunResult | undefined): string {
  if (!result) return ''
  const { medians, minutes, ratio, parameters } = result
  const { millrace, batchflow } = medians
  const own = `One iteration of the SE comparison's four pipelines: ${milliseconds(millrace!.iterationMs)} ms (500: ${minutes.millrace} min)`
  if (!batchflow) return `${own}.`
  const counts = `${grouped(parameters.batchflow!.resnet)} and ${grouped(parameters.batchflow!.se)} parameters`
  const other = `BatchFlow with its own blocks (${counts}): ${milliseconds(batchflow.iterationMs)} ms (500: ${minutes.batchflow} min)`
  return `${own}. ${other}. Ratio ${ratio!.toFixed(2)}.`
}

function firstLossLine(result: FirstLossResult | undefined): string {
  if (!result) return ''
  const { medianSeconds, seconds } = result
  return `From the start of the process to the flagship's first training loss: ${medianSeconds.toFixed(1)} s (median of ${seconds.length}).`
}

function leaksLine(result: LeaksResult | undefined): string {
  if (!result) return ''
  const { steps, rebuilds, growth } = result
  const say = ({ tensors, rssMb }: LeaksResult['growth']['training']) => `${tensors} tensors and ${rssMb} MB more`
  return `After ${grouped(steps)} steps of a small network ${say(growth.training)}; after ${rebuilds} networks ${say(growth.building)}.`
}

function pipelineLine(result: PipelineResult | undefined): string {
  if (!result) return ''
  const { millrace, batchflow } = result.medians
  const sizes = Object.keys(millrace!)
  const list = (rates: Readonly<Record<string, number>>, show: (rate: number) => string) => sizes.map(size => show(rates[size]!)).join(', ')
  const perSecond = (rate: number) => grouped(Math.round(rate))
  const own = `MNIST in batches of ${sizes.join(', ')}, shuffled and scaled, no model: ${list(millrace!, perSecond)} batches a second`
  if (!batchflow) return `${own}.`
  return `${own}; BatchFlow ${list(batchflow, perSecond)}. Ratios in turn: ${list(result.ratios!, ratio => ratio.toFixed(2))}.`
}

/** When and on what; each date and machine once. */
function conditions(steps: readonly StepResult[]): string {
  const told = steps.map(({ date, machine: { cpu, cores, memoryBytes, os }, versions }) => {
    const { node, tensorflow, torch } = versions
    const software = [`Node ${node}`, `TensorFlow ${tensorflow}`, ...(torch ? [`PyTorch ${torch}`] : [])].join(', ')
    return `${date}, ${cores} cores of an ${cpu}, ${Math.round(memoryBytes / 1e9)} GB, ${os}; ${software}`
  })
  return told.length === 0 ? '' : `Medians, measured on ${[...new Set(told)].join('; and on ')}.`
}
