import { defer, finalize, type MonoTypeOperatorFunction } from 'rxjs'
import type { Profile } from '../profile.js'

/** Records what the source costs from the subscription to its end, successful or not, under this action's number. */
export function profiled<T>(profile: Profile, number: number | string): MonoTypeOperatorFunction<T> {
  return source =>
    defer(() => {
      const end = profile.begin(number)
      return source.pipe(finalize(end))
    })
}
