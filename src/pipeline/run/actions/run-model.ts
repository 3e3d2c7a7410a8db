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
import { modelFedWith } from './build-model.js'

export async function runModel(
  method: 'train' | 'predict',
  args: ValueOf<typeof modelActions.trainModel.args>,
  scope: Scope,
): Promise<void> {
  const fetches = [args.fetches ?? []].flat()
  const feed = evaluate(args.feed, scope) as Feed
  const model = await modelFedWith(args.name, feed, scope)
  let values: readonly FetchValue[]
  try {
    values = await model[method](feed, fetches)
  } catch (error) {
    throw withItems(withSource(error, args.feed), scope)
  }
  saveFetched(args, fetches, values, scope)
}

/** The model knows only its inputs; the pipeline knows what each is fed. */
function withSource(error: unknown, feed: unknown): unknown {
  if (!(error instanceof MillraceError)) return error
  const { input } = error.details as { readonly input?: string }
  if (input === undefined || !isPlainObject(feed) || !Object.hasOwn(feed, input)) return error
  return withDetails(error, { from: printExpression(feed[input]) })
}

interface FedItems {
  readonly items: readonly number[]
}

/** The model knows positions in the batch; the batch knows which items of the dataset these are. */
function withItems(error: unknown, { batch }: Scope): unknown {
  if (!(error instanceof MillraceError) || !batch) return error
  const { suspects } = error.details as { readonly suspects?: readonly FedItems[] }
  if (!suspects?.every(({ items }) => items.every(item => item < batch.length))) return error
  return withDetails(error, { suspects: suspects.map(each => ({ ...each, indices: each.items.map(item => batch.indices[item]) })) })
}

function withDetails({ code, details, location, cause }: MillraceError, more: object): MillraceError {
  return new MillraceError(code, { ...(details as object), ...more } as never, location, cause)
}
