/** What a config says of the training of weights: which are frozen, and groups with rates of their own. Knows no TensorFlow. */
import { didYouMean, listNames } from '../../errors/index.js'
import { options, type ValueOf } from '../../options/index.js'
import type { Config } from '../../util/config.js'
import { selectPaths } from '../../util/path-patterns.js'
import { sharedKeys } from '../config/keys.js'
import type { ConfigProblem } from '../model-types.js'
import { isOwnOptimizer } from '../own-optimizer.js'
import { type LayerRow, partOf } from '../plan/layer-table.js'
import { freezingGroups } from './freeze-out.js'
import type { GroupPlan, TrainingPlan } from './group-plan.js'
import { groupKeys } from './keys.js'
import { groupName, groupProblems, planGroup, type Shared } from './parameter-group.js'
import { trainablePaths } from './weight-paths.js'

const keys = options({ ...groupKeys, optimizer: sharedKeys.optimizer, decay: sharedKeys.decay })
type TrainingConfig = ValueOf<typeof keys>

/** The plan for a network of these layers, or what is wrong with its config. */
export function planTraining(
  rows: readonly LayerRow[],
  config: Config,
): { readonly plan: TrainingPlan } | { readonly problems: readonly ConfigProblem[] } {
  const written = Object.entries(config.toJSON()).filter(([key]) => Object.hasOwn(keys.table, key))
  const planner = new Planner(rows, keys.fill(Object.fromEntries(written)))
  const plan = planner.plan()
  return planner.problems.length > 0 ? { problems: planner.problems } : { plan }
}

type At = readonly (string | number)[]

class Planner {
  readonly problems: ConfigProblem[] = []
  readonly #paths: readonly string[]
  readonly #groups: GroupPlan[] = []

  constructor(
    readonly rows: readonly LayerRow[],
    readonly config: TrainingConfig,
  ) {
    this.#paths = trainablePaths(rows)
  }

  plan(): TrainingPlan {
    const { trainable, freeze_statistics: freezesStatistics, parameter_groups, freeze_out, optimizer } = this.config
    const trained = trainable === null ? new Set(this.#paths) : this.#select(trainable, ['trainable'])
    if (trained.size === 0 && this.problems.length === 0 && this.#paths.length > 0) {
      this.problems.push({ path: ['trainable'], what: 'no weight is left to train', allowed: this.#allowed })
    }
    const isFree = (path: string) => trained.has(path) && !this.#groups.some(group => group.paths.has(path))
    this.#addGroups(parameter_groups ?? [], isFree)
    if (freeze_out) {
      const paths = this.#paths.filter(path => trained.has(path))
      const groups = freezingGroups(freeze_out, paths, isFree)
      this.#groups.push(...groups)
      if (groups.length === 0) this.problems.push({ path: ['freeze_out'], what: 'there is no part to freeze before the last one' })
    }
    if (this.#groups.length > 0 && isOwnOptimizer(optimizer) && typeof optimizer !== 'function') {
      const allowed = 'a function (tf) => tf.Optimizer, which makes one for each'
      this.problems.push({ path: ['optimizer'], what: 'one object cannot serve several groups of weights', allowed })
    }
    return { frozen: new Set(this.#paths.filter(path => !trained.has(path))), freezesStatistics, groups: this.#groups }
  }

  #addGroups(written: NonNullable<TrainingConfig['parameter_groups']>, isFree: (path: string) => boolean): void {
    const { decay, optimizer } = this.config
    const shared: Shared = { decay, decaysWeights: !isOwnOptimizer(optimizer) && 'weightDecay' in optimizer }
    for (const [i, group] of written.entries()) {
      const at = ['parameter_groups', i]
      const matched = this.#select(group.match, [...at, 'match'])
      const own = [...matched].filter(isFree)
      if (matched.size > 0 && own.length === 0) {
        const what = 'each weight that it matches is in a group before it, or is not trained'
        this.problems.push({ path: [...at, 'match'], what, allowed: 'patterns that match another weight, too' })
      }
      const name = groupName(group, i)
      if (this.#groups.some(other => other.name === name))
        this.problems.push({ path: [...at, 'name'], what: `two groups are called ${name}`, fix: 'Give each a name of its own.' })
      this.problems.push(...groupProblems(group, shared).map(problem => ({ ...problem, path: [...at, ...problem.path] })))
      this.#groups.push(planGroup(group, name, own, shared))
    }
  }

  #select(patterns: string | readonly string[], path: At): ReadonlySet<string> {
    const { paths, idle } = selectPaths([patterns].flat(), this.#paths)
    for (const pattern of idle) {
      const [first = ''] = pattern.replace(/^!/, '').split('/')
      const known = [...new Set(this.#paths.map(one => one.split('/')[0]!))]
      const fix = known.includes(first) ? undefined : didYouMean(first, known)
      this.problems.push({ path, what: `${pattern} matches no weight`, allowed: this.#allowed, fix })
    }
    return paths
  }

  get #parts(): readonly string[] {
    return [...new Set(this.rows.filter(({ weights }) => weights.length > 0).map(({ path }) => partOf(path)))]
  }

  get #allowed(): string {
    return `paths and patterns of paths in ${listNames(this.#parts, 12)}`
  }
}
