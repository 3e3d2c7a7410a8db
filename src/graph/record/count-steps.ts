/** The numbers that optimizers keep in JavaScript: the count of their steps, and those that a user's class may change. */

import type { Optimizer } from '../optimizers/row.js'
import { numbersOf } from './guards.js'
import { type Restore, replaceMethods, restoreAll } from './hooks.js'
import type { Recorder } from './recorder.js'

/**
 * While tracing, a step is counted as usual; `undo` reverts it, and each run counts one. What is computed with the count, or with a
 * number that the step changes, would be wrong from the second run on: such an optimizer is not traced.
 */
export function countSteps(recorder: Recorder): { readonly hook: Restore; check(): void; undo(): void } {
  const { prototype } = (recorder.tf as unknown as { Optimizer: { prototype: Optimizer } }).Optimizer
  const { incrementIterations, minimize } = prototype
  const iterations = Object.getOwnPropertyDescriptor(prototype, 'iterations')!
  const before = new Map<Optimizer, { readonly fields: Readonly<Record<string, unknown>>; readonly numbers: string }>()
  const remember = (optimizer: Optimizer) => {
    if (!before.has(optimizer)) before.set(optimizer, { fields: { ...optimizer }, numbers: numbersOf(optimizer) })
    recorder.stepped.add(optimizer)
  }
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
      return isCounting ? iterations.get!.call(this) : recorder.refuse('iterations', 'an optimizer computes with the number of its steps')
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
  }
}
