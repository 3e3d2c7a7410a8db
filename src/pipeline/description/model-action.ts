/** What actions that pass a batch through a model share. */
import { option, options, string } from '../../options/index.js'
import type { NameUse } from './action-row.js'
import { feed, mode, names, saveTo } from './arguments.js'

const table = {
  name: option('the model', string),
  feed: option('what each input of the model is fed: input name → expression', feed),
} as const

const fetched = 'what the model returns: loss, predictions, or a block or layer by its path; one or a list'

/** Arguments of an action that may fetch something. */
export const mayFetch = options(
  { ...table, fetches: option(fetched, names, { optional: true }), saveTo, mode },
  { needs: { fetches: ['saveTo'], saveTo: ['fetches'], mode: ['saveTo'] } },
)

/** Arguments of an action that only fetches. */
export const mustFetch = options({ ...table, fetches: option(fetched, names), saveTo: option(saveTo.summary, saveTo.type), mode })

interface Passed {
  readonly name: string
  readonly fetches?: string | readonly string[]
}

/** What is known about a row that passes the batch through a model: with an optimization step or without. */
export const passes = {
  fetches: ({ name, fetches = [] }: Passed) => ({ model: name, names: [fetches].flat() }),
  uses: ({ name }: Passed): readonly NameUse[] => [{ kind: 'model', name, path: ['name'] }],
}
