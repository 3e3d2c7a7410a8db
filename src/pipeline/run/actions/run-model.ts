/** One batch through a model, forward only or with an optimization step; saves the fetches. */
import { MillraceError } from '../../../errors/index.js'
import type { ValueOf } from '../../../options/index.js'
import { isPlainObject } from '../../../util/json.js'
import type { modelActions } from '../../description/actions/models.js'
import type { Feed, FetchValue } from '../../description/contracts.js'
import { printExpression } from '../../description/expressions/print-expression.js'
import type { Scope } from '../execution/scope.js'
import { saveFetched } from '../saving/save.js'
import { evaluate } from '../values/evaluate.js'

export async function runModel(
  method: 'train' | 'predict',
  args: ValueOf<typeof modelActions.trainModel.args>,
  scope: Scope,
): Promise<void> {
  const fetches = [args.fetches ?? []].flat()
  const model = scope.session.model(args.name)
  let values: readonly FetchValue[]
  try {
    values = await model[method](evaluate(args.feed, scope) as Feed, fetches)
  } catch (error) {
    throw withSource(error, args.feed)
  }
  saveFetched(args, fetches, values, scope)
}

/** The model knows only its inputs; the pipeline knows what each is fed. */
function withSource(error: unknown, feed: unknown): unknown {
  if (!(error instanceof MillraceError)) return error
  const { input } = error.details as { readonly input?: string }
  if (input === undefined || !isPlainObject(feed) || !Object.hasOwn(feed, input)) return error
  return new MillraceError(
    error.code,
    { ...(error.details as object), from: printExpression(feed[input]) } as never,
    error.location,
    error.cause,
  )
}
