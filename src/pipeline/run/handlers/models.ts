import { fail } from '../../../errors/index.js'
import type { ValueOf } from '../../../options/index.js'
import { describeKind } from '../../../util/describe-value.js'
import { deriveSeed } from '../../../util/seeds.js'
import { modelActions } from '../../description/actions/models.js'
import { splitClass } from '../../description/content/planned-models.js'
import { buildModel } from '../actions/build-model.js'
import { type Handler, handle } from '../actions/handler.js'
import { importedFrom, isModelSource } from '../actions/imported.js'
import { loadSavedModel, openClass } from '../actions/models.js'
import { runModel } from '../actions/run-model.js'
import type { Scope } from '../execution/scope.js'
import type { Session } from '../session/session.js'
import { evaluate } from '../values/evaluate.js'
import { gatherMetrics } from './gather-metrics.js'

const { initModel, importModel, loadModel, saveModel, trainModel, predictModel } = modelActions

export const modelHandlers = {
  initModel: {
    ...handle(initModel, ['start'], (args, scope) => (args.mode === 'static' ? build(args, scope) : undefined)),
    ...handle(initModel, ['batch', 'once'], build),
  },

  // The model is shared, not copied: each batch sees its current state. A static model not built yet gets the seed of the importing run.
  importModel: handle(importModel, ['batch', 'once'], async ({ name, from }, { session }) => {
    const source = importedFrom(from, session)
    if (!isModelSource(source)) {
      session.models.set(name, source)
      return
    }
    if (source.isDisposed) fail('models-freed', { model: name })
    if (!source.models.has(name)) await source.start({ seed: session.seed })
    session.models.set(name, source.models.get(name) ?? fail('model-not-built', { model: name, from: source.name ?? `${from}` }))
  }),

  // A previous model of that name is replaced; pipelines that import it see the new one from their next batch on.
  loadModel: handle(loadModel, ['batch', 'once'], async ({ name, path }, { session }) => {
    const model = await loadSavedModel(path, name)
    const before = session.models.get(name)
    session.models.set(name, model)
    session.own.add(model)
    if (before && session.own.delete(before)) before.dispose()
  }),

  saveModel: handle(saveModel, ['batch', 'once'], ({ name, path }, scope) => scope.session.model(name).save(path)),
  trainModel: handle(trainModel, ['batch'], (args, scope) => runModel('train', args, scope)),
  predictModel: handle(predictModel, ['batch'], (args, scope) => runModel('predict', args, scope)),
  gatherMetrics,
} satisfies Record<keyof typeof modelActions, Handler>

/** Builds a model, or, if its config leaves open what the data say, leaves that to the first action that feeds it. */
async function build({ modelClass, name, config, mode }: ValueOf<typeof initModel.args>, scope: Scope): Promise<void> {
  const { session } = scope
  if (session.models.has(name)) return
  const evaluated = splitClass(evaluate(config, scope) as Record<string, unknown>)
  const chosen = chooseClass(name, modelClass, evaluated.classInConfig?.[1], session)
  const isOpen = mode === 'dynamic' && (await openClass(chosen, session)).leavesOpen?.(evaluated.config)
  // Weights depend only on the seed and the layer's path, so two models that share layers start with the same ones.
  const planned = { modelClass: chosen, config: evaluated.config, seed: deriveSeed(session.seed, 'weights') }
  if (isOpen) session.openModels.set(name, planned)
  else await buildModel(name, planned, session)
}

/** The one class that the action and its config name. */
function chooseClass(model: string, modelClass: string | undefined, inConfig: unknown, { bindings }: Session): string | object {
  const seen = typeof inConfig === 'object' || typeof inConfig === 'function' ? inConfig : undefined
  const chosen = modelClass ?? (typeof inConfig === 'string' ? inConfig : seen)
  if (!chosen) return fail('model-class-missing', { model })
  const isOther = inConfig !== undefined && inConfig !== modelClass && bindings.models[modelClass ?? ''] !== inConfig
  if (modelClass !== undefined && isOther) {
    fail('model-classes-differ', { model, modelClass, seen: typeof inConfig === 'string' ? inConfig : describeKind(inConfig) })
  }
  return chosen
}
