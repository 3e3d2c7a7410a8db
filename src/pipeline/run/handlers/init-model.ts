import type { ValueOf } from '../../../options/index.js'
import { deriveSeed } from '../../../util/seeds.js'
import { initModel as row } from '../../description/actions/init-model.js'
import { handle } from '../actions/handler.js'
import { toModelClass } from '../actions/models.js'
import type { Scope } from '../execution/scope.js'
import { builds } from '../session/state/builds.js'
import { evaluate } from '../values/evaluate.js'

async function build({ modelClass, name, config }: ValueOf<typeof row.args>, scope: Scope): Promise<void> {
  const { session } = scope
  if (session.models.has(name)) return
  const seed = deriveSeed(session.seed, 'weights')
  const evaluated = evaluate(config, scope) as Record<string, unknown>
  const built = await (await toModelClass(session.bindings.models[modelClass]!)).build(evaluated, { name, seed })
  builds.set(built, { modelClass, config: evaluated, seed })
  session.models.set(name, built)
  session.own.add(built)
}

/** Weights depend only on the seed and the layer's path, so two models that share layers start with the same ones. */
export const initModel = {
  ...handle(row, ['start'], (args, scope) => (args.mode === 'static' ? build(args, scope) : undefined)),
  ...handle(row, ['batch', 'once'], build),
}
