import { deriveSeed } from '../../../util/seeds.js'
import type { ActionArgs } from '../../description/action-row.js'
import type { Handler } from '../actions/handler.js'
import { toModelClass } from '../actions/models.js'
import type { Scope } from '../execution/scope.js'
import { builds } from '../session/state/builds.js'
import { evaluate } from '../values/evaluate.js'

async function build({ modelClass, name, config = {} }: ActionArgs, scope: Scope): Promise<void> {
  const { session } = scope
  if (session.models.has(name as string)) return
  const seed = deriveSeed(session.seed, 'weights')
  const evaluated = evaluate(config, scope) as Record<string, unknown>
  const built = await (await toModelClass(session.bindings.models[modelClass as string]!)).build(evaluated, { name: name as string, seed })
  builds.set(built, { modelClass: modelClass as string, config: evaluated, seed })
  session.models.set(name as string, built)
  session.own.add(built)
}

/** Weights depend on the seed and the layer's path alone, so two models that share layers start with the same ones. */
export const initModel: Handler = {
  start: (args, scope) => (args.mode === 'static' ? build(args, scope) : undefined),
  batch: build,
  once: build,
}
