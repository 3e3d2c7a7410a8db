import type { MonoTypeOperatorFunction } from 'rxjs'
import { breathe } from '../../../util/process/breathe.js'
import { inOrder } from './in-order.js'

/** Milliseconds after which a demand lets the event loop run. */
const intervalMs = 20

/** The same values; the event loop runs before one of them if it has not for a while. */
export function inTurns<T>(): MonoTypeOperatorFunction<T> {
  return inOrder(value => breathe(intervalMs)?.then(() => value) ?? value)
}
