import type { MonoTypeOperatorFunction } from 'rxjs'
import { inOrder } from './in-order.js'

/**
 * Work that never waits for anything outside JavaScript would block timers, signals and Ctrl-C until it ends: a demand
 * lets them in, at most every `intervalMs`.
 */
const intervalMs = 20

let last = performance.now()

export function inTurns<T>(): MonoTypeOperatorFunction<T> {
  return inOrder(value => (performance.now() - last < intervalMs ? value : yieldToEventLoop(value)))
}

async function yieldToEventLoop<T>(value: T): Promise<T> {
  await new Promise(resolve => setImmediate(resolve))
  last = performance.now()
  return value
}
