/** `bench leaks`: whether memory stays, over many steps of one network and many networks. */
import { measureHere } from '../support/child.js'
import { type Asked, suffixOf } from '../support/options.js'
import { childFile } from '../support/places.js'
import { BenchProblem } from '../support/problem.js'
import { alignColumns, grouped, type Presentation, present, progress, type Result, resultHead } from '../support/result.js'

export interface LeaksOptions extends Presentation {
  readonly engine: string
  readonly steps: number
  readonly rebuilds: number
}

interface Sample {
  /** After so many steps or builds. */
  readonly at: number
  /** Tensors alive. */
  readonly tensors: number
  /** The process's memory after a garbage collection, in MB. */
  readonly rssMb: number
}

interface Growth {
  readonly tensors: number
  /** MB from the second sample on: the first ones fill caches. */
  readonly rssMb: number
}

export interface LeaksResult extends Result {
  readonly kind: 'leaks'
  readonly engine: string
  readonly steps: number
  readonly rebuilds: number
  readonly training: readonly Sample[]
  readonly building: readonly Sample[]
  readonly growth: { readonly training: Growth; readonly building: Growth }
}

/** What the measuring process prints. */
type Found = Pick<LeaksResult, 'training' | 'building'> & { readonly version: string }

/** Runs both in one process. A number of tensors that grows is an error; memory is told. */
export async function leaks(options: LeaksOptions, asked: Asked): Promise<void> {
  const { engine, steps, rebuilds } = options
  progress(`${grouped(steps)} training steps of a small network, then ${grouped(rebuilds)} networks …`)
  const told = { engine, steps, rebuilds }
  const { training, building, version } = await measureHere<Found>(childFile('leaks.ts'), told, asked.signal, ['--expose-gc'])
  const growth = { training: growthOf(training), building: growthOf(building) }
  const head = { ...resultHead('leaks', asked, { tensorflow: version }), kind: 'leaks' } as const
  const result: LeaksResult = { ...head, engine, steps, rebuilds, training, building, growth }
  present(result, `leaks${suffixOf({ engine })}`, describe(result), options)
  if (growth.training.tensors > 0 || growth.building.tensors > 0) throw new BenchProblem('tensors are left behind: see above')
}

function growthOf(samples: readonly Sample[]): Growth {
  const [first, second = first!, last = second] = [samples[0], samples[1], samples.at(-1)]
  return { tensors: last.tensors - first!.tensors, rssMb: Math.round((last.rssMb - second.rssMb) * 10) / 10 }
}

function describe({ engine, training, building, growth }: LeaksResult): string {
  const table = (unit: string, samples: readonly Sample[]) =>
    alignColumns([
      [unit, 'tensors', 'memory, MB'],
      ...samples.map(({ at, tensors, rssMb }) => [grouped(at), `${tensors}`, rssMb.toFixed(1)]),
    ])
  const say = ({ tensors, rssMb }: Growth, from: Sample | undefined) =>
    `${tensors} tensors more than at first, ${rssMb} MB more than after ${grouped(from?.at ?? 1)}`
  return [
    `a small ResNet, engine ${engine}`,
    '',
    table('steps', training),
    say(growth.training, training[1]),
    '',
    table('networks', building),
    say(growth.building, building[1]),
  ].join('\n')
}
