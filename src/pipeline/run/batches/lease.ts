/** How a subscriber makes a source wait, which an Observable cannot: a value is emitted under a lease, which its users hold. */
import type { Subscriber, Unsubscribable } from 'rxjs'

interface Emission {
  readonly lease: Lease
  /** The enclosing emission. */
  readonly outer: Emission | undefined
}

let current: Emission | undefined

/** A lease on one or several values that a source emits. */
export class Lease {
  #holders = 0
  #waiting = 0

  constructor(
    /** Called when no holder needs the value any longer. */
    readonly onRelease: () => void,
    /** Called when every holder is ready for the next value: at its release at the latest. */
    readonly onReady: () => void = () => undefined,
  ) {}

  /** Emits a value, which holders must hold before `next` returns. */
  emit<T>(subscriber: Subscriber<T>, value: T): void {
    const outer = current
    current = { lease: this, outer }
    this.enter()
    try {
      subscriber.next(value)
    } finally {
      current = outer
      this.leave()
      this.ready()
    }
  }

  enter(): void {
    this.#holders++
    this.#waiting++
  }

  leave(): void {
    if (--this.#holders === 0) this.onRelease()
  }

  ready(): void {
    if (--this.#waiting === 0) this.onReady()
  }
}

/** One holder's use of the value, from its emission until `unsubscribe`. */
export class Hold implements Unsubscribable {
  #isReady = false
  #isReleased = false

  constructor(readonly emission: Emission) {
    for (let at: Emission | undefined = emission; at; at = at.outer) at.lease.enter()
  }

  /** Lets the source make its next value; this one remains held. */
  ready(): void {
    if (this.#isReady) return
    this.#isReady = true
    for (let at: Emission | undefined = this.emission; at; at = at.outer) at.lease.ready()
  }

  /** Releases the value. */
  unsubscribe(): void {
    if (this.#isReleased) return
    this.#isReleased = true
    for (let at: Emission | undefined = this.emission; at; at = at.outer) at.lease.leave()
    this.ready()
  }

  /** Passes the value on, now or later, and releases it; operators downstream may hold it in turn. */
  pass(emit: () => void): void {
    const outer = current
    current = this.emission
    try {
      emit()
    } finally {
      current = outer
      this.unsubscribe()
    }
  }
}

/** Holds the value being emitted; undefined if its source does not wait. Call it in a `next` handler. */
export function hold(): Hold | undefined {
  return current && new Hold(current)
}
