import type { Feed } from '../../spec/contracts.js'
import { evaluate } from '../evaluate.js'
import { toFetches } from '../fetches.js'
import type { Handler } from '../handler.js'
import { saveFetched } from '../save.js'

export const predictModel: Handler = {
  batch: async (args, scope) => {
    const fetches = toFetches(args.fetches)
    const values = await scope.session.model(args.name as string).predict(evaluate(args.feed, scope) as Feed, fetches)
    saveFetched(args, fetches, values, scope)
  },
}
