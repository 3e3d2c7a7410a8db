/** One batch through a model, forward only or with an optimization step; what is fetched is saved. */
import type { ActionArgs } from '../spec/action-row.js'
import type { Feed } from '../spec/contracts.js'
import { evaluate } from './evaluate.js'
import { saveFetched } from './save.js'
import type { Scope } from './scope.js'

export async function passBatch(pass: 'train' | 'predict', args: ActionArgs, scope: Scope): Promise<void> {
  const fetches = args.fetches === undefined ? [] : ([args.fetches].flat() as string[])
  const values = await scope.session.model(args.name as string)[pass](evaluate(args.feed, scope) as Feed, fetches)
  saveFetched(args, fetches, values, scope)
}
