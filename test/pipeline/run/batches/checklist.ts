/** RxJS's own checklist for an operator that passes every value on, at once or later. */
import { expect } from 'chai'
import { concat, EMPTY, lastValueFrom, type MonoTypeOperatorFunction, Observable, of, take, tap, throwError, toArray } from 'rxjs'

/** What a subscriber sees: values, then how it ended. */
export async function seenBy<T>(source: Observable<T>): Promise<readonly unknown[]> {
  const seen: unknown[] = []
  await lastValueFrom(source.pipe(tap(value => seen.push(value))), { defaultValue: undefined }).then(
    () => seen.push('complete'),
    error => seen.push(error),
  )
  return seen
}

/** Values without end, a task at a time; `open` counts the subscriptions. */
export function endless<T>(values: readonly T[]) {
  const count = { open: 0, emitted: 0 }
  const source = new Observable<T>(subscriber => {
    count.open++
    const emit = () => {
      subscriber.next(values[count.emitted++ % values.length]!)
      if (!subscriber.closed) timer = setImmediate(emit)
    }
    let timer = setImmediate(emit)
    return () => {
      count.open--
      clearImmediate(timer)
    }
  })
  return { source, count }
}

export const later = () => new Promise<void>(resolve => setTimeout(resolve, 5))

/** `values` are three that the operator lets through as they are. */
export function passesValuesOn<T>(operator: () => MonoTypeOperatorFunction<T>, values: readonly [T, T, T]): void {
  const failure = new Error('of the source')
  const cases: readonly [string, Observable<T>, readonly unknown[]][] = [
    ['an empty source', EMPTY, ['complete']],
    ['one value', of(values[0]), [values[0], 'complete']],
    ['many values', of(...values), [...values, 'complete']],
    ['an error', throwError(() => failure), [failure]],
    [
      'an error after a value that arrived',
      concat(of(values[0]), new Observable<T>(s => void setImmediate(() => s.error(failure)))),
      [values[0], failure],
    ],
  ]
  for (const [name, source, expected] of cases) {
    it(`passes on ${name}`, async () => expect(await seenBy(source.pipe(operator()))).to.deep.equal(expected))
  }

  it('subscribes to an endless source when it is subscribed to, and unsubscribes with it', async () => {
    const { source, count } = endless(values)
    const result = source.pipe(operator())
    await later()
    expect([count.open, count.emitted]).to.deep.equal([0, 0])
    expect(await lastValueFrom(result.pipe(take(3), toArray()))).to.deep.equal(values)
    expect(count.open).to.equal(0)
  })

  it('emits nothing after it was unsubscribed from', async () => {
    const { source, count } = endless(values)
    let seen = 0
    const subscription = source.pipe(operator()).subscribe(() => seen++)
    await later()
    subscription.unsubscribe()
    const before = seen
    await later()
    expect([seen, count.open]).to.deep.equal([before, 0])
  })
}
