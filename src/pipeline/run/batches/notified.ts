import { type MonoTypeOperatorFunction, pipe, tap } from 'rxjs'
import type { Notifier } from '../../../notifier/index.js'
import { inOrder } from './in-order.js'
import { discard, type Outcome } from './outcome.js'

/** Reports each batch, error and end to a notifier, from the moment there is one. An error thrown by its callback ends the stream. */
export function notified(notifierOf: () => Notifier | undefined): MonoTypeOperatorFunction<Outcome> {
  return pipe(
    inOrder(outcome => {
      const notifier = notifierOf()
      return notifier ? notify(notifier, outcome) : outcome
    }, discard),
    tap({ error: () => notifierOf()?.pause() }),
  )
}

async function notify(notifier: Notifier, outcome: Outcome): Promise<Outcome> {
  try {
    if (outcome.kind === 'N') await notifier.batch(outcome.value.number)
    else if (outcome.kind === 'C') await notifier.end()
    else notifier.pause()
    return outcome
  } catch (error) {
    discard(outcome)
    throw error
  }
}
