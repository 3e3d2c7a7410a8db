/** Every name a pipeline uses must be declared, in the right order. All problems at once, before anything runs. */
import type { DetailsOf, ErrorCode } from '../../../errors/index.js'
import { isPlainObject, type JsonObject } from '../../../util/json.js'
import type { Declaration, NameKind, NameUse } from '../action-row.js'
import { actionNames } from '../action-table.js'
import type { ComponentUse } from '../component-facts.js'
import { declaredModels, declaredNames } from '../content/declared-names.js'
import type { PipelineSpec } from '../content/pipeline-spec.js'
import { type PlannedModel, plannedModels } from '../content/planned-models.js'
import { type SeenAction, seenActionsOf } from '../content/see-through.js'
import { actionsOf, declaredBy, ownArguments, rowOf } from '../content/visit-actions.js'
import { destinationsOf, savesToConfig } from '../expressions/destinations.js'
import { type ExpressionUse, expressionsIn, letterOf } from '../expressions/expression-json.js'
import { batchFacts, datasetFacts } from '../expressions/facts.js'
import { letterRow } from '../expressions/letters.js'
import { configPaths, hasConfigPath } from './config-paths.js'
import { type ComponentScope, KnownComponents } from './known-components.js'
import { type Problem, type ProblemPath, problem } from './problem.js'

/** What is known about a pipeline's surroundings. Names of what is omitted are not checked. */
export interface NameScope extends ComponentScope {
  /** Actions of the batch class. */
  readonly batchActions?: readonly string[]
  /** Names `initModel` can build. */
  readonly modelClasses?: readonly string[]
  /** Names of classes that configs of models may have. Default: not checked. */
  readonly configClasses?: readonly string[]
  /** Models of the pipelines that `importModel` may name; undefined for one whose models are unknown. */
  readonly pipelines?: Readonly<Record<string, readonly string[] | undefined>>
  /** Descriptions of the pipelines whose variables and config may be read; undefined for one that cannot be read. */
  readonly specs?: Readonly<Record<string, PipelineSpec | undefined>>
  /** Attributes `D` may read. */
  readonly attributes?: readonly string[]
}

/**
 * Problems with the names in a pipeline, in the order of its actions. Paths lead from the root of its description.
 *
 * @example
 * checkPipelineNames(spec, { components: ['images', 'labels'], batchActions: ['normalize'] })
 */
export function checkPipelineNames(spec: PipelineSpec, scope: NameScope): readonly Problem[] {
  return new NameCheck(spec, scope).run()
}

/** True if saving to a destination creates what its name refers to. */
function isCreated(destination: JsonObject): boolean {
  const letter = letterOf(destination)
  return letter !== undefined && letterRow(letter).savable === 'creates'
}

class NameCheck {
  readonly #problems: Problem[] = []
  readonly #models: Set<string> = new Set()
  readonly #components: KnownComponents
  readonly #variables: Set<string>
  readonly #locks: Set<string>
  readonly #planned: ReadonlyMap<string, PlannedModel>
  /** Kinds for which a declared name cannot be read. */
  readonly #open = new Set<NameKind>()

  constructor(
    readonly spec: PipelineSpec,
    readonly scope: NameScope,
  ) {
    this.#components = new KnownComponents(scope)
    this.#planned = new Map([...plannedModels(spec)].map(model => [model.action.path.join('/'), model]))
    // Variables and locks exist before the first batch, wherever their actions stand.
    this.#variables = new Set()
    this.#locks = new Set()
    for (const action of actionsOf(spec)) {
      const { name, args } = action
      for (const declared of declaredBy(action)) if (declared.kind !== 'model') this.#declare(declared)
      if (this.#isUnknown(name) && isPlainObject(args) && typeof args.name === 'string') this.#variables.add(args.name)
    }
  }

  run(): readonly Problem[] {
    for (const action of seenActionsOf(this.spec)) {
      const { name, args, path } = action
      const at = [...path, name]
      // An item with several keys is missing a dash: what the other keys mean is unknown.
      if (this.#isUnknown(name) && !action.isCrowded) {
        this.#add(at, 'unknown-action', { seen: name, allowed: [...(this.scope.batchActions ?? []), ...actionNames] })
      }
      this.#checkPosition(action, at)
      if (isPlainObject(args)) this.#checkAction(action, at)
    }
    this.#checkSettings()
    return this.#problems
  }

  /** Expressions of the config are evaluated where they are read, those of a run's options and of the dataset before there is a batch. */
  #checkSettings(): void {
    const { config, batch, datasetFrom } = this.spec
    const settings = { config, ...(batch && { batch }), ...(datasetFrom !== undefined && { datasetFrom }) }
    for (const use of expressionsIn(settings)) {
      const { names, readsBatch } = letterRow(use.letter)
      if (readsBatch && use.path[0] !== 'config') this.#add([...use.path, use.letter], 'no-batch', { letter: use.letter })
      else if (names !== 'component' && names !== 'model') this.#checkExpression(use)
    }
  }

  /** Some actions are allowed only in some places. */
  #checkPosition({ name, written, path }: SeenAction, at: readonly (string | number)[]): void {
    const row = rowOf(name)
    if (row?.changesBatches && path.length > 2) this.#add(at, 'stage-in-block', { action: name })
    const section = path[0]
    if (section === 'actions') return
    if (!row?.allowedInBeforeAfter) {
      const allowed = actionNames.filter(action => rowOf(action)?.allowedInBeforeAfter)
      this.#add(at, 'action-needs-batch', { action: name, section: `${section}`, allowed })
    }
    this.#checkBatchless(ownArguments(name, written), at)
  }

  /** What is evaluated without a batch must not read a batch. */
  #checkBatchless(value: unknown, at: readonly (string | number)[]): void {
    for (const { letter, path } of expressionsIn(value, at)) {
      if (letterRow(letter).readsBatch) this.#add([...path, letter], 'no-batch', { letter })
    }
  }

  #add<Code extends ErrorCode>(path: readonly (string | number)[], code: Code, details: DetailsOf<Code>): void {
    this.#problems.push(problem(path, code, details))
  }

  #isUnknown(name: string): boolean {
    return rowOf(name) === undefined && this.scope.batchActions !== undefined && !this.scope.batchActions.includes(name)
  }

  #declare({ kind, name }: Declaration): void {
    if (typeof name !== 'string') this.#open.add(kind)
    else if (kind === 'variable') this.#variables.add(name)
    else if (kind === 'model') this.#models.add(name)
    else if (kind === 'lock') this.#locks.add(name)
  }

  #checkAction({ name, args, written, placeOf }: SeenAction, path: readonly (string | number)[]): void {
    const row = rowOf(name)
    const declarations = declaredBy({ name, args })
    for (const use of row?.uses?.(args) ?? []) if (typeof use.name === 'string') this.#checkUse(use, placeOf(use.path))
    const planned = this.#planned.get(path.slice(0, -1).join('/'))
    if (planned) this.#checkClass(planned, path)
    for (const declared of declarations) this.#checkDeclaration(declared, path)
    const facts = this.#components.factsOf(name, args)
    for (const use of facts.reads ?? []) this.#checkComponent(use, [...path, ...use.path])
    const created = destinationsOf({ name, args }).filter(destination => isCreated(destination))
    for (const use of expressionsIn(ownArguments(name, written), path)) if (!created.includes(use.json)) this.#checkExpression(use)
    if (path[0] === 'actions') for (const key of row?.evaluatedAtStart?.(args) ?? []) this.#checkBatchless(args[key], [...path, key])
    for (const declared of declarations) this.#declare(declared)
    if (this.#isUnknown(name) && typeof args.name === 'string') this.#models.add(args.name)
    this.#components.pass({ name, args, path: path.slice(0, -1) })
  }

  #checkComponent({ name: seen, allowed, path = [] }: Partial<ComponentUse> & Pick<ComponentUse, 'name'>, at: ProblemPath): void {
    const known = allowed ?? this.#components.names
    if (known === undefined || known.includes(seen)) return
    this.#add(at, 'unknown-name', { kind: allowed ? `component for ${path[0]}` : 'component', seen, allowed: known })
  }

  #checkUse({ kind, name: seen }: NameUse, path: readonly (string | number)[]): void {
    const { modelClasses, pipelines } = this.scope
    if (kind === 'model') this.#checkModel(seen, path)
    if (kind === 'lock' && !this.#locks.has(seen)) this.#add(path, 'unknown-name', { kind, seen, allowed: [...this.#locks] })
    const allowed = kind === 'model class' ? modelClasses : kind === 'pipeline' ? pipelines && Object.keys(pipelines) : undefined
    if (allowed && !allowed.includes(seen)) this.#add(path, 'unknown-name', { kind, seen, allowed })
  }

  /** A model has one class: its action's or its config's. */
  #checkClass({ build, classInConfig, config, placeOf }: PlannedModel, path: readonly (string | number)[]): void {
    const { modelClass, name } = build
    const [key, seen] = classInConfig ?? []
    const isUnnamed = modelClass === undefined && key === undefined && config !== undefined
    if (isUnnamed && typeof name === 'string') this.#add(path, 'model-class-missing', { model: name })
    if (key === undefined || typeof seen !== 'string') return
    const { configClasses: allowed } = this.scope
    const at = placeOf([key])
    if (modelClass !== undefined && modelClass !== seen) this.#add(at, 'model-classes-differ', { model: name, modelClass, seen })
    else if (allowed && !allowed.includes(seen)) this.#add(at, 'unknown-name', { kind: 'model class', seen, allowed })
  }

  #checkModel(seen: string, path: readonly (string | number)[]): void {
    if (this.#models.has(seen) || this.#open.has('model')) return
    const all = [...declaredModels(this.spec).keys()]
    const [elsewhere] = Object.entries(this.scope.pipelines ?? {}).find(([, models]) => models?.includes(seen)) ?? []
    this.#add(path, 'not-initialised', { kind: 'model', seen, later: all.includes(seen), allowed: all, elsewhere })
  }

  /** A name that must be unused, and one imported from another pipeline. */
  #checkDeclaration({ name, from, isNew }: Declaration, path: readonly (string | number)[]): void {
    if (isNew && this.#models.has(name)) this.#add([...path, 'name'], 'declared-twice', { name })
    const { pipelines = {} } = this.scope
    if (typeof name !== 'string' || typeof from !== 'string' || !Object.hasOwn(pipelines, from)) return
    const allowed = pipelines[from]
    if (allowed && !allowed.includes(name)) this.#add([...path, 'name'], 'unknown-name', { kind: `model of ${from}`, seen: name, allowed })
  }

  /** A variable or a config value of another pipeline. */
  #checkElsewhere({ letter, name: seen, json, path }: ExpressionUse, from: string): void {
    const { specs } = this.scope
    if (specs === undefined) return
    if (!Object.hasOwn(specs, from)) {
      return this.#add([...path, 'pipeline'], 'unknown-name', { kind: 'pipeline', seen: from, allowed: Object.keys(specs) })
    }
    const spec = specs[from]
    if (spec === undefined || typeof seen !== 'string') return
    if (letterRow(letter).names === 'config')
      return this.#checkConfigPath(seen, json, spec, `value in the config of ${from}`, [...path, letter])
    const allowed: readonly unknown[] = declaredNames(spec, 'variable')
    if (allowed.includes(seen) || !allowed.every(name => typeof name === 'string')) return
    this.#add([...path, letter], 'unknown-name', { kind: `variable of ${from}`, seen, allowed })
  }

  #checkConfigPath(seen: string, json: JsonObject, spec: PipelineSpec, kind: string, at: readonly (string | number)[]): void {
    if (Object.hasOwn(json, 'default') || hasConfigPath(spec.config, seen) || savesToConfig(spec, seen)) return
    this.#add(at, 'unknown-name', { kind, seen, allowed: configPaths(spec.config) })
  }

  #checkExpression(use: ExpressionUse): void {
    const { letter, name: seen, json, path } = use
    if (typeof json.pipeline === 'string') return this.#checkElsewhere(use, json.pipeline)
    const attributes = this.scope.attributes && [...this.scope.attributes, ...Object.keys(datasetFacts)]
    const at = [...path, letter]
    if (typeof seen !== 'string') return
    const { names } = letterRow(letter)
    if (names === 'component') {
      if (!Object.hasOwn(batchFacts, seen)) this.#checkComponent({ name: seen }, at)
    } else if (names === 'variable' && !this.#variables.has(seen) && !this.#open.has('variable')) {
      this.#add(at, 'unknown-name', { kind: 'variable', seen, allowed: [...this.#variables] })
    } else if (names === 'model') {
      this.#checkModel(seen, at)
    } else if (names === 'attribute' && attributes && !attributes.includes(seen)) {
      this.#add(at, 'unknown-name', { kind: 'attribute of the dataset', seen, allowed: attributes })
    } else if (names === 'config') {
      this.#checkConfigPath(seen, json, this.spec, "value in the pipeline's config", at)
    }
  }
}
