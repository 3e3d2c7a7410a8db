/** Models as a pipeline builds them, and those that are built when they are first fed. */
import { NdArray } from '../../../util/nd-array.js'
import { classesOf } from '../../description/checks/name-errors.js'
import type { Feed, KnownData, Model } from '../../description/contracts.js'
import type { Scope } from '../execution/scope.js'
import type { Session } from '../session/session.js'
import { type Build, builds } from '../session/state/builds.js'
import { evaluate } from '../values/evaluate.js'
import { openClass } from './models.js'

/** Builds a model, which the session then owns. */
export async function buildModel(name: string, build: Build, session: Session): Promise<Model> {
  const { modelClass, config, seed } = build
  const built = await (await openClass(modelClass, session)).build(config, { name, seed })
  builds.set(built, build)
  session.openModels.delete(name)
  session.models.set(name, built)
  session.own.add(built)
  return built
}

/** The model that a batch is fed to. Of one that is not built yet, what its config leaves open is read from the feed and the dataset. */
export async function modelFedWith(name: string, feed: Feed, scope: Scope): Promise<Model> {
  const { session } = scope
  const open = session.models.has(name) ? undefined : session.openModels.get(name)
  if (!open) return session.model(name)
  const modelClass = await openClass(open.modelClass, session)
  return buildModel(name, { ...open, config: modelClass.withData!(open.config, dataOf(feed, scope)) }, session)
}

function dataOf(feed: Feed, scope: Scope): KnownData {
  const { dataset, datasetFrom } = scope.session.spec
  const hasDataset = dataset !== undefined || datasetFrom !== undefined || scope.walk?.dataset !== undefined
  const classes = hasDataset ? classesOf(scope.requireDataset(evaluate)) : undefined
  const fed = Object.fromEntries(Object.entries(feed).map(([name, value]) => [name, itemShape(value)]))
  return { fed, ...(classes !== undefined && { classes }) }
}

/** The shape of one item of a fed value; undefined for one that has none, which is reported when it is fed. */
function itemShape(value: unknown): readonly number[] | undefined {
  if (Array.isArray(value) && value.every(item => typeof item === 'string')) return []
  const { shape } = value as { readonly shape?: unknown }
  try {
    return Array.isArray(shape) ? shape.slice(1) : NdArray.from(value).shape.slice(1)
  } catch {
    return undefined
  }
}
