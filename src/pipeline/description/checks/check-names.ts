/** Every name a pipeline uses must be declared, in the right order. All problems at once, before anything runs. */
import type { DetailsOf, ErrorCode } from '../../../errors/index.js'
import { isPlainObject, type JsonObject, type JsonValue } from '../../../util/json.js'
import type { ActionArgs, Declaration, NameKind, NameUse } from '../action-row.js'
import { actionNames } from '../action-table.js'
import type { ComponentFacts, ComponentUse, FactsOf } from '../component-facts.js'
import type { PipelineSpec } from '../content/pipeline-spec.js'
import { actionsOf, declaredBy, ownArguments, type PlacedAction, rowOf } from '../content/visit-actions.js'
import { destinationsOf, savesToConfig } from '../expressions/destinations.js'
import { type ExpressionUse, expressionsIn, letterOf } from '../expressions/expression-json.js'
import { batchFacts, datasetFacts } from '../expressions/facts.js'
import { letterRow } from '../expressions/letters.js'
import { operationOf } from '../expressions/operations.js'
import { configPaths, hasConfigPath } from './config-paths.js'
import { type Problem, type ProblemPath, problem } from './problem.js'

/** What is known about a pipeline's surroundings. Names of what is omitted are not checked. */
export interface NameScope {
  /** Components that the batches have before any action. */
  readonly components?: readonly string[]
  /** Components that the batch class declares; none if it takes any. */
  readonly declared?: readonly string[]
  /** Actions of the batch class. */
  readonly batchActions?: readonly string[]
  /** Which components they read and write; undefined for one that may read and write any. */
  readonly facts?: Readonly<Record<string, FactsOf | undefined>>
  /** Names `initModel` can build. */
  readonly modelClasses?: readonly string[]
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

/** The models a pipeline declares, with the pipeline each is imported from, if it is. */
export function declaredModels(spec: PipelineSpec): ReadonlyMap<string, string | undefined> {
  const models = new Map<string, string | undefined>()
  for (const action of actionsOf(spec)) {
    for (const { kind, name, from } of declaredBy(action)) {
      if (kind === 'model' && typeof name === 'string') models.set(name, from === undefined ? undefined : `${from}`)
    }
  }
  return models
}

/** The names of a kind that a pipeline declares. */
export function declaredNames(spec: PipelineSpec, kind: NameKind): readonly string[] {
  const declared = [...actionsOf(spec)].flatMap(declaredBy)
  return declared.filter(use => use.kind === kind).map(({ name }) => name)
}

/** True if saving to a destination creates what its name refers to. */
function isCreated(destination: JsonObject): boolean {
  const letter = letterOf(destination)
  return letter !== undefined && letterRow(letter).savable === 'creates'
}

/** The name of the component that a destination creates, `B('name')` or `B().attr('name')`; undefined if it creates none. */
function createdComponent(destination: JsonObject): JsonValue | undefined {
  const [owner, attribute] = operationOf(destination) === '.' ? (destination['.'] as readonly JsonValue[]) : [destination, undefined]
  const letter = letterOf(owner)
  if (letter === undefined || letterRow(letter).names !== 'component') return undefined
  const name = (owner as JsonObject)[letter]
  return attribute === undefined ? name : name === null ? attribute : undefined
}

class NameCheck {
  readonly #problems: Problem[] = []
  readonly #models: Set<string> = new Set()
  #components: Set<string>
  readonly #variables: Set<string>
  readonly #locks: Set<string>
  /** Kinds for which a declared name cannot be read. */
  readonly #open = new Set<NameKind>()

  constructor(
    readonly spec: PipelineSpec,
    readonly scope: NameScope,
  ) {
    this.#components = new Set(scope.components)
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
    for (const action of actionsOf(this.spec)) {
      const { name, args, path } = action
      const at = [...path, name]
      // An item with several keys is missing a dash: what the other keys mean is unknown.
      if (this.#isUnknown(name) && !action.isCrowded) {
        this.#add(at, 'unknown-action', { seen: name, allowed: [...(this.scope.batchActions ?? []), ...actionNames] })
      }
      this.#checkPosition(action, at)
      if (isPlainObject(args)) this.#checkAction(name, args, at)
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
  #checkPosition({ name, args, path }: PlacedAction, at: readonly (string | number)[]): void {
    const row = rowOf(name)
    if (row?.changesBatches && path.length > 2) this.#add(at, 'stage-in-block', { action: name })
    const section = path[0]
    if (section === 'actions') return
    if (!row?.allowedInBeforeAfter) {
      const allowed = actionNames.filter(action => rowOf(action)?.allowedInBeforeAfter)
      this.#add(at, 'action-needs-batch', { action: name, section: `${section}`, allowed })
    }
    this.#checkBatchless(ownArguments(name, args), at)
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

  #checkAction(name: string, args: ActionArgs, path: readonly (string | number)[]): void {
    const row = rowOf(name)
    const declarations = declaredBy({ name, args })
    for (const use of row?.uses?.(args) ?? []) if (typeof use.name === 'string') this.#checkUse(use, [...path, ...use.path])
    for (const declared of declarations) this.#checkDeclaration(declared, path)
    const facts = this.#factsOf(name, args)
    for (const use of facts.reads ?? []) this.#checkComponent(use, [...path, ...use.path])
    const created = destinationsOf({ name, args }).filter(destination => isCreated(destination))
    for (const use of expressionsIn(ownArguments(name, args), path)) if (!created.includes(use.json)) this.#checkExpression(use)
    for (const destination of destinationsOf({ name, args })) {
      const component = createdComponent(destination)
      if (typeof component === 'string') this.#components.add(component)
      else if (component !== undefined) this.#open.add('component')
    }
    if (path[0] === 'actions') for (const key of row?.evaluatedAtStart?.(args) ?? []) this.#checkBatchless(args[key], [...path, key])
    for (const declared of declarations) this.#declare(declared)
    if (this.#isUnknown(name) && typeof args.name === 'string') this.#models.add(args.name)
    // In a block, others may still be there: it need not have been done.
    if (facts.keeps && path.length <= 3) {
      this.#components = new Set(facts.keeps)
      this.#open.delete('component')
    }
    for (const written of facts.writes ?? []) this.#components.add(written)
    if (facts.writesAny) this.#open.add('component')
  }

  /** What an action says of components. One of a batch class that says nothing may write any; one that is misspelt, too. */
  #factsOf(name: string, args: ActionArgs): ComponentFacts {
    const row = rowOf(name)
    const facts = row ? (row.components ?? (() => ({}))) : this.scope.facts?.[name]
    return facts?.(args, this.scope.declared ?? []) ?? { writesAny: true }
  }

  #checkComponent({ name: seen, allowed, path = [] }: Partial<ComponentUse> & Pick<ComponentUse, 'name'>, at: ProblemPath): void {
    const known = allowed ?? [...this.#components]
    if (known.includes(seen) || (allowed === undefined && (!this.scope.components || this.#open.has('component')))) return
    this.#add(at, 'unknown-name', { kind: allowed ? `component for ${path[0]}` : 'component', seen, allowed: known })
  }

  #checkUse({ kind, name: seen }: NameUse, path: readonly (string | number)[]): void {
    const { modelClasses, pipelines } = this.scope
    if (kind === 'model') this.#checkModel(seen, path)
    if (kind === 'lock' && !this.#locks.has(seen)) this.#add(path, 'unknown-name', { kind, seen, allowed: [...this.#locks] })
    const allowed = kind === 'model class' ? modelClasses : kind === 'pipeline' ? pipelines && Object.keys(pipelines) : undefined
    if (allowed && !allowed.includes(seen)) this.#add(path, 'unknown-name', { kind, seen, allowed })
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
