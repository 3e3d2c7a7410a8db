/** FreezeOut (Brock, Lim, Ritchie, Weston 2017, https://arxiv.org/abs/1706.04983): when parts are frozen, and their rates until then. */
import type { ValueOf } from '../../options/index.js'
import { partOf } from '../plan/layer-table.js'
import type { Schedule } from '../schedules.js'
import type { GroupPlan } from './group-plan.js'
import type { freezeOutOptions } from './keys.js'

export type FreezeOut = ValueOf<typeof freezeOutOptions>

/**
 * The step that the part number `i` of `count`, counted from 1, is frozen at: steps · (t0 + (1 − t0) · i / count) ^ degree.
 *
 * @example
 * [1, 2, 3, 4].map(i => freezingStep({ steps: 400, t0: 0.5, degree: 1 }, i, 4)) // [250, 300, 350, 400]
 */
export function freezingStep({ steps, t0, degree }: Pick<FreezeOut, 'steps' | 't0' | 'degree'>, i: number, count: number): number {
  return steps * (t0 + ((1 - t0) * i) / count) ** degree
}

/** Half a cosine from the first rate to 0 at the step `end`, then `after`. Scaled, the first rate is multiplied by steps / end. */
function annealing({ steps, scaled, after }: FreezeOut, rate: number, end: number): Schedule {
  const first = scaled ? (rate * steps) / end : rate
  const last = typeof after === 'number' ? after : 0
  return step => (step < end ? (first * (1 + Math.cos((Math.PI * step) / end))) / 2 : last)
}

/** A group for each part of these weights but the last; `paths` are in the layers' order, and those that are not free are in other groups. */
export function freezingGroups(written: FreezeOut, paths: readonly string[], isFree: (path: string) => boolean): readonly GroupPlan[] {
  const place = written.by === 'group' ? partOf : blockOf
  const parts = [...new Set(paths.map(place))].slice(0, -1)
  const groups = parts.map((part, i): GroupPlan => {
    const end = freezingStep(written, i + 1, parts.length)
    return {
      name: part,
      paths: new Set(paths.filter(path => place(path) === part && isFree(path))),
      learningRate: written.learningRate ?? undefined,
      schedule: rate => annealing(written, rate, end),
      frozenFrom: written.after === 'freeze' ? Math.ceil(end) : Number.POSITIVE_INFINITY,
      weightDecay: undefined,
    }
  })
  return groups.filter(group => group.paths.size > 0)
}

/** The block that a path is in: `body/group-0/block-1`; outside of blocks its part. */
const blockOf = (path: string) => path.match(/^.*?\/block-\d+(?=\/)/)?.[0] ?? partOf(path)
