/** The result of `step` as text, and the name of its file. */
import { suffixOf } from './options.js'
import { nameOf } from './peers.js'
import { alignColumns, grouped } from './result.js'
import type { StepResult } from './step-result.js'

/** The file of a result, without the date: what differs from the defaults is named. */
export function stepFileName({ net, se, batch, engine }: StepResult, usualBatch: number): string {
  return `step-${net}${se ? '-se' : ''}${batch === usualBatch ? '' : `-b${batch}`}${suffixOf({ engine })}`
}

/** The result as a table. */
export function describeStep(result: StepResult): string {
  const { net, se, batch, engine, rounds, steps, medians, ratios, parameters, secondBiases = {} } = result
  const title = `${net}${se ? ' with squeeze and excitation' : ''}, batch ${batch}, engine ${engine}; medians of ${rounds.length} × ${steps} steps`
  const rows = Object.entries(medians).map(([name, { trainMs, evaluateMs, firstStepMs, peakRssMb }]) => [
    nameOf(name),
    `${trainMs}`,
    `${evaluateMs}`,
    `${firstStepMs}`,
    grouped(peakRssMb),
    grouped(parameters[name]!),
  ])
  const over = Object.entries(ratios).map(([name, { train, evaluate }]) => [
    `Millrace / ${nameOf(name)}`,
    train.toFixed(2),
    evaluate.toFixed(2),
    '',
    '',
    '',
  ])
  const notes = Object.entries(secondBiases).map(
    ([name, number]) => `${nameOf(name)} has ${grouped(number)} parameters more: a second bias for each gate, which is left out here.`,
  )
  const head = ['', 'training step, ms', 'evaluation, ms', 'first step, ms', 'peak memory, MB', 'parameters']
  return [title, '', alignColumns([head, ...rows, ...over]), ...notes].join('\n')
}
