/** The numbers that optimizers keep in JavaScript: the count of their steps, and those that a user's class may change. */

import type { Optimizer } from '../../optimizers/row.js'
import { type Restore, replaceMethods, restoreAll } from '../hooks.js'
import type { Recorder } from '../recorder.js'
import { numbersOf } from './guards.js'

export interface Steps {
  /** Ends the counting. */
  readonly hook: Restore
  /** Refuses an optimizer that changes its own numbers. */
  check(): void
  /** Every optimizer's numbers are as before. */
  undo(): void
  /** The counts of these are as before. */
  rewind(optimizers: ReadonlySet<object>): void
  /** Counts the steps of all others again, after `undo`. */
  countAgain(except: ReadonlySet<object>): void
}

/**
 * While tracing, a step is counted as usual; `undo` reverts it, and each run counts one. What is computed with the count, or with a
 * number that the step changes, would be wrong from the second run on: such an optimizer is not traced.
 */
export function countSteps(recorder: Recorder): Steps {
  const { prototype } = (recorder.tf as unknown as { Optimizer: { prototype: Optimizer } }).Optimizer
  const { incrementIterations, minimize } = prototype
  const iterations = Object.getOwnPropertyDescriptor(prototype, 'iterations')!
  const before = new Map<Optimizer, { readonly fields: Readonly<Record<string, unknown>>; readonly numbers: string }>()
  const remember = (optimizer: Optimizer) => {
    if (!before.has(optimizer)) before.set(optimizer, { fields: { ...optimizer }, numbers: numbersOf(optimizer) })
    recorder.stepped.add(optimizer)
  }
  const counted: Optimizer[] = []
  let isCounting = false
  const count = (optimizer: Optimizer) => {
    isCounting = true
    try {
      incrementIterations.call(optimizer)
    } finally {
      isCounting = false
    }
  }
  const restores = [
    replaceMethods(prototype, {
      incrementIterations(this: Optimizer) {
        remember(this)
        recorder.effects.push(() => incrementIterations.call(this))
        counted.push(this)
        count(this)
      },
      minimize(this: Optimizer, ...args: never[]) {
        remember(this)
        return minimize.apply(this, args)
      },
    }),
    () => Object.defineProperty(prototype, 'iterations', iterations),
  ]
  Object.defineProperty(prototype, 'iterations', {
    configurable: true,
    get(this: Optimizer) {
      if (!isCounting) recorder.refuseOrGoOn('iterations', 'an optimizer computes with the number of its steps')
      return iterations.get!.call(this)
    },
  })
  return {
    hook: () => restoreAll(restores),
    check: () => {
      for (const [optimizer, { numbers }] of before)
        if (numbersOf(optimizer) !== numbers) recorder.refuse('minimize', 'an optimizer changes its own numbers in JavaScript')
    },
    undo: () => {
      for (const [optimizer, { fields }] of before) {
        for (const [name, value] of Object.entries(optimizer)) {
          if (name !== 'iterations_' && typeof value !== 'number') continue
          if (Object.hasOwn(fields, name)) optimizer[name] = fields[name]
          else delete optimizer[name]
        }
      }
    },
    rewind: optimizers => {
      for (const [optimizer, { fields }] of before)
        if (optimizers.has(optimizer)) optimizer.iterations_ = fields.iterations_ as number | undefined
    },
    countAgain: except => {
      for (const optimizer of counted) if (!except.has(optimizer)) incrementIterations.call(optimizer)
    },
  }
}
