/** `bench first-loss`: from the start of a process to the first training loss of the flagship, on MNIST. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { runChild } from '../support/child.js'
import { flagshipConfig } from '../support/flagship.js'
import { median, rounded } from '../support/median.js'
import { type Asked, suffixOf } from '../support/options.js'
import { childFile } from '../support/places.js'
import { BenchProblem } from '../support/problem.js'
import { type Presentation, present, progress, type Result, resultHead } from '../support/result.js'

export interface FirstLossOptions extends Presentation {
  readonly engine: string
  readonly se?: boolean
  readonly times: number
}

export interface FirstLossResult extends Result {
  readonly kind: 'first-loss'
  readonly engine: string
  readonly se: boolean
  readonly batch: number
  /** Seconds of each process. */
  readonly seconds: readonly number[]
  readonly medianSeconds: number
  readonly loss: number
}

/** Starts one process after the other. Node, data, network and first step are all in the time. */
export async function firstLoss(options: FirstLossOptions, asked: Asked): Promise<void> {
  const { engine, se = false, times } = options
  if (!existsSync(fileURLToPath(new URL('../../dist/index.js', import.meta.url))))
    throw new BenchProblem('this is measured on the built package, and it is not built: npm run build')
  const config = JSON.stringify(flagshipConfig({ engine, se }))
  const seconds: number[] = []
  let last = { loss: Number.NaN, version: '' }
  for (let time = 1; time <= times; time++) {
    const { stdout, firstOutputMs } = await runChild(process.execPath, [childFile('first-loss.mjs'), config], asked.signal)
    last = JSON.parse(stdout)
    seconds.push(rounded(firstOutputMs / 1000))
    progress(`process ${time} of ${times}: ${(firstOutputMs / 1000).toFixed(2)} s, loss ${last.loss.toFixed(4)}`)
  }
  const medianSeconds = rounded(median(seconds))
  const head = { ...resultHead('first-loss', asked, { tensorflow: last.version }), kind: 'first-loss' } as const
  const result: FirstLossResult = { ...head, engine, se, batch: 300, seconds, medianSeconds, loss: last.loss }
  const title = `flagship${se ? ' with squeeze and excitation' : ''}, batch 300, engine ${engine}, MNIST`
  const text = `${title}: ${medianSeconds} s from the start of the process to the first training loss (median of ${times})`
  present(result, `first-loss${suffixOf({ engine, se })}`, text, options)
}
