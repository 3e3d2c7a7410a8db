/** Actions on models, and on what they predict. */

import { anything, mapOf, oneOf, option, options, plainType, string } from '../../../options/index.js'
import { isPlainObject, type JsonObject } from '../../../util/json.js'
import { type ActionRow, action, type NameUse } from '../action-row.js'
import { evaluated, feed, folder, mode, names, saveTo } from '../arguments.js'
import { gatherMetrics } from './gather-metrics.js'

// What actions that pass a batch through a model share.

const table = {
  name: option('the model', string),
  feed: option('what each input of the model is fed: input name → expression', feed),
} as const

const fetched = 'what the model returns: loss, predictions, or a block or layer by its path; one or a list'

/** Arguments of an action that may fetch something. */
const mayFetch = options(
  { ...table, fetches: option(fetched, names, { optional: true }), saveTo, mode },
  { needs: { fetches: ['saveTo'], saveTo: ['fetches'], mode: ['saveTo'] } },
)

/** Arguments of an action that only fetches. */
const mustFetch = options({ ...table, fetches: option(fetched, names), saveTo: option(saveTo.summary, saveTo.type), mode })

interface Passed {
  readonly name: string
  readonly fetches?: string | readonly string[]
  readonly feed: JsonObject
}

/** What is known about a row that passes the batch through a model: with an optimization step or without. */
const passing = (trains: boolean) => ({
  passes: ({ name, fetches = [], feed }: Passed) => ({
    model: name,
    fetches: [fetches].flat(),
    feed: isPlainObject(feed) ? feed : {},
    trains,
  }),
  uses: ({ name }: Passed): readonly NameUse[] => [{ kind: 'model', name, path: ['name'] }],
})

/** Where a model is imported from: a pipeline by its name; in TypeScript an expression may read the pipeline or the model itself. */
const source = plainType<string | object>({
  allowed: "a pipeline's name",
  schema: string.schema,
  test: value => (typeof value === 'string' ? value !== '' : typeof value === 'object' && value !== null && isSource(value)),
})

const isSource = (thing: object) => 'models' in thing || 'train' in thing

export const modelActions = {
  /** BatchFlow's `init_model`. */
  initModel: action({
    summary: 'declares a model; static models are built when the pipeline starts, dynamic ones at the first batch',
    args: options({
      mode: option(
        'static: built at the start; dynamic: at the first batch, which its config may read, and which says what inputs leave open',
        oneOf(['static', 'dynamic']),
      ),
      modelClass: option('a model of the zoo, e.g. ResNet; may be omitted if the config names it as model', string, { optional: true }),
      name: option('its name in other actions', string),
      config: option("the model's config: keys may be paths, body/block/se_block: true", mapOf(anything), { default: {} }),
    }),
    uses: ({ modelClass: name }) => (name === undefined ? [] : [{ kind: 'model class', name, path: ['modelClass'] }]),
    declares: ({ name }) => [{ kind: 'model', name, isNew: true }],
    builds: ({ modelClass, name, config = {}, mode }) => ({ modelClass, name, config: config as JsonObject, mode, configKey: 'config' }),
    evaluatedAtStart: ({ mode }) => (mode === 'static' ? ['config'] : []),
    allowedInBeforeAfter: true,
    ignoresBatch: true,
  }),

  /** BatchFlow's `import_model`. */
  importModel: action({
    summary: 'shares a model with the pipeline that initialises it',
    args: options({
      name: option('the name of the model there and here', string),
      from: option('the pipeline that has the model, or an expression for it: !C path/to/name', evaluated(source)),
    }),
    uses: ({ from }) => (typeof from === 'string' ? [{ kind: 'pipeline', name: from, path: ['from'] }] : []),
    evaluatedNames: ['from'],
    declares: ({ name, from }) => [{ kind: 'model', name, from }],
    allowedInBeforeAfter: true,
    ignoresBatch: true,
  }),

  /** BatchFlow's `load_model`. */
  loadModel: action({
    summary: 'reads a model from a folder: once per batch, or once in before or after',
    args: options({
      name: option('its name in other actions', string),
      path: option('the folder that saveModel wrote, or an expression for it', evaluated(folder)),
    }),
    declares: ({ name }) => [{ kind: 'model', name }],
    allowedInBeforeAfter: true,
    ignoresBatch: true,
  }),

  /** BatchFlow's `save_model`. */
  saveModel: action({
    summary: 'writes a model into a folder: once per batch, or once in before or after',
    args: options({
      name: option('the model', string),
      path: option('the folder, or an expression for it; a saved model in it is replaced', evaluated(folder)),
    }),
    uses: ({ name }) => [{ kind: 'model', name, path: ['name'] }],
    allowedInBeforeAfter: true,
    ignoresBatch: true,
  }),

  /** BatchFlow's `train_model`. */
  trainModel: action({ summary: 'performs one optimization step of a model on the batch', args: mayFetch, ...passing(true) }),

  /** BatchFlow's `predict_model`. */
  predictModel: action({ summary: 'passes the batch through a model in inference mode', args: mustFetch, ...passing(false) }),

  gatherMetrics,
} satisfies Record<string, ActionRow>
