/** Actions on the weights of models. */
import type { WeightChange, WeightFunction } from '../../../contracts/models.js'
import { anyOf, anything, live, mapOf, number, type OptionType, option, options, string } from '../../../options/index.js'
import type { JsonValue } from '../../../util/json.js'
import { type ActionRow, action } from '../action-row.js'
import { bound, type Evaluated, evaluated, mode, names, saveTo } from '../arguments.js'
import { isExpressionJson } from '../expressions/expression-json.js'

const optional = { optional: true } as const
const kinds = { zeroBelow: number({ min: 0 }), zeroSmallest: number({ min: 0, max: 1 }), round: number({ above: 0 }) }

/** One of the changes: with a number, as it is or as an expression, or by a function of a module. */
const changeOf = (typeOf: (type: OptionType<number, number>) => OptionType<number, any>) =>
  options(
    {
      zeroBelow: option('values whose absolute value is below this become 0', typeOf(kinds.zeroBelow), optional),
      zeroSmallest: option(
        'this share of all matched values becomes 0: the smallest by absolute value',
        typeOf(kinds.zeroSmallest),
        optional,
      ),
      round: option('values become multiples of this, the nearest ones', typeOf(kinds.round), optional),
      module: option(
        'the module of a function (values, path) => new values: a path relative to the file, at or below its folder',
        string,
        optional,
      ),
      export: option("the function's name in the module", string, optional),
    },
    {
      excludes: [['zeroBelow', 'zeroSmallest', 'round', 'module']],
      atLeastOne: ['zeroBelow', 'zeroSmallest', 'round', 'module'],
      needs: { export: ['module'] },
    },
  )

/** A function by its module and name. */
export interface ModuleFunction {
  readonly module: string
  readonly export?: string
}

const fn = live<WeightFunction>('a function', value => typeof value === 'function')
const written = changeOf(evaluated)
const inTypeScript = anyOf(written, bound)

type Change = OptionType<WeightChange | ModuleFunction | WeightFunction, JsonValue>

/** Written with expressions, read with their values. */
const change = {
  ...written,
  evaluated: {
    ...anyOf(
      changeOf(type => type),
      fn,
    ),
    schema: written.schema,
  },
  inspect: (value, site) => {
    if (!isExpressionJson(value)) inTypeScript.inspect(value, site)
  },
  fill: value => value,
} as Change & { readonly evaluated: Change } satisfies Evaluated

const model = option('the model', string)
const usesModel = ({ name }: { readonly name: string }) => [{ kind: 'model', name, path: ['name'] }] as const
const matches = ({ name: model, match }: { readonly name: string; readonly match?: string | readonly string[] }) => ({
  model,
  match: [match ?? []].flat(),
})

export const weightActions = {
  getWeights: action({
    summary: 'saves copies of weights of a model: a map from the path of each to its array',
    args: options({
      name: model,
      match: option('patterns of paths: **/kernel, head, !**/bias to exclude', names, { default: '**' }),
      saveTo: option(saveTo.summary, saveTo.type),
      mode,
    }),
    uses: usesModel,
    matches,
    allowedInBeforeAfter: true,
  }),

  setWeights: action({
    summary: 'sets weights of a model, as getWeights saves them; the state of its optimizer stays as it is',
    args: options({ name: model, weights: option('a map from paths to arrays, or an expression for one', evaluated(mapOf(anything))) }),
    uses: usesModel,
    allowedInBeforeAfter: true,
  }),

  transformWeights: action({
    summary: 'changes weights of a model and counts the zeros among them; the state of its optimizer stays as it is',
    args: options(
      {
        name: model,
        match: option('patterns of paths: **/kernel, head, !**/bias to exclude', names),
        by: option('the change: zeroBelow, zeroSmallest or round with a number, or a function of a module', change),
        saveTo: option('where the counts are saved: values, zeros, share (of zeros), and the same by path', saveTo.type, optional),
        mode,
      },
      { needs: { mode: ['saveTo'] } },
    ),
    uses: usesModel,
    matches,
    modules: [['by', 'module']],
    allowedInBeforeAfter: true,
  }),
} satisfies Record<string, ActionRow>
