/** Errors about a model: its config, feeding, training, saving and loading. */
import { didYouMean, listNames, listNear } from '../did-you-mean.js'
import type { MessageTable } from '../message.js'

interface Problem {
  readonly path: readonly (string | number)[]
  readonly what: string
  readonly allowed?: string
  readonly fix?: string
}

interface Named {
  readonly model: string
  readonly seen: string
  readonly allowed: readonly string[]
}

interface Fed {
  readonly model: string
  readonly input: string
  /** The expression that was fed, if a pipeline fed it. */
  readonly from?: string
}

interface WrongFeed extends Fed {
  readonly seen: string
  readonly expected: string
}

interface WrongLabels extends Fed {
  readonly seen: readonly unknown[]
  /** The place of the first of them: its item, then its indices in it. */
  readonly first: readonly number[]
  readonly allowed: string
}

/** A step that was refused. */
interface NotFinite {
  readonly model: string
  readonly step: number
  /** Inputs with values that are not finite: the positions of their items in the batch, and the items' indices if a pipeline knows them. */
  readonly suspects: readonly { readonly input: string; readonly items: readonly number[]; readonly indices?: readonly unknown[] }[]
}

interface NotFiniteTensors extends NotFinite {
  readonly tensors: readonly { readonly name: string; readonly value: number }[]
}

const unchanged = ({ suspects }: NotFinite) => ['the model is unchanged by this step', ...suspects.map(whichItems)].join('; ')

const whichItems = ({ input, items, indices }: NotFinite['suspects'][number]) =>
  `input ${input} is not finite in ${indices ? `items ${listNames(indices.map(String), 8)}` : `items ${listNames(items.map(String), 8)} of the batch`}`

const seenIn = ({ tensors }: NotFiniteTensors) =>
  listNames(
    tensors.map(({ name, value }) => `${value} in ${name}`),
    8,
  )

const fedFrom = (seen: string, from: string | undefined) => (from === undefined ? seen : `${seen}, from ${from}`)

const oneProblem = ({ path, what, allowed, fix }: Problem) =>
  [`${path.length > 0 ? `${path.join(' › ')}: ` : ''}${what}`, allowed && `allowed: ${allowed}`, fix].filter(Boolean).join('; ')

export const modelMessages = {
  'model-config': ({ model, problems }: { model: string; problems: readonly Problem[] }) =>
    problems.length === 1
      ? {
          what: `the config of ${model} cannot be used, ${problems[0]!.path.join(' › ')}: ${problems[0]!.what}`,
          allowed: problems[0]!.allowed,
          fix: problems[0]!.fix,
        }
      : {
          what: `the config of ${model} has ${problems.length} problems:\n${problems.map(problem => `  - ${oneProblem(problem)}`).join('\n')}`,
        },
  'model-class-missing': ({ model }: { model: string }) => ({
    what: `initModel does not say which class the model ${model} has`,
    fix: "Name it in the config, model: ResNet18, or as the action's modelClass.",
  }),
  'model-classes-differ': ({ model, modelClass, seen }: { model: string; modelClass: string; seen: string }) => ({
    what: `the model ${model} has two classes: initModel says ${modelClass}, its config says ${seen}`,
    fix: 'Write the class once.',
  }),
  'not-a-model': ({ seen }: { seen: string }) => ({
    what: 'not something a model can be built from',
    seen,
    allowed: 'a model class of the zoo, a tf.LayersModel, a function (config, tf) => tf.LayersModel',
  }),
  'wrong-block': ({ name, why, allowed }: { name: string; why: string; allowed: string }) => ({
    what: `the block ${name} cannot be registered: ${why}`,
    allowed,
  }),
  'wrong-letter': ({ letter, why, allowed }: { letter: string; why: string; allowed: string }) => ({
    what: `the letter ${JSON.stringify(letter)} cannot be registered: ${why}`,
    allowed,
  }),
  'unknown-fetch': ({ model, seen, allowed }: Named) => ({
    what: `model ${model} has no output ${seen} to fetch`,
    allowed: listNear(seen, allowed, 16),
    fix: didYouMean(seen, allowed),
  }),
  'fetch-of-training': ({ model, seen }: { model: string; seen: string }) => ({
    what: `${seen} of model ${model} is a value of a training step, which a prediction does not have`,
    fix: 'Fetch it where the model is trained.',
  }),
  'unknown-feed': ({ model, seen, allowed }: Named) => ({
    what: `model ${model} has no input ${seen}`,
    allowed: listNear(seen, allowed),
    fix: didYouMean(seen, allowed),
  }),
  'unknown-weight': ({ model, seen, allowed }: Named) => ({
    what: `model ${model} has no weight ${seen}`,
    allowed: listNear(seen, allowed, 8),
    fix: didYouMean(seen, allowed),
  }),
  'weight-value': ({ model, path, seen, allowed }: { model: string; path: string; seen: string; allowed: string }) => ({
    what: `the weight ${path} of model ${model} cannot have these values; no weight is changed`,
    seen,
    allowed,
  }),
  'missing-feed': ({ model, input, expected, fed }: { model: string; input: string; expected: string; fed: readonly string[] }) => ({
    what: `model ${model} was not fed ${input}`,
    seen: listNames(fed),
    allowed: `${input} with the shape ${expected}`,
  }),
  'feed-shape': ({ model, input, seen, expected, from }: WrongFeed) => ({
    what: `input ${input} of model ${model} was fed values of the wrong shape`,
    seen: fedFrom(seen, from),
    allowed: expected,
  }),
  'feed-dtype': ({ model, input, seen, expected, from }: WrongFeed) => ({
    what: `input ${input} of model ${model} was fed values of the wrong type`,
    seen: fedFrom(seen, from),
    allowed: expected,
  }),
  'labels-outside-classes': ({ model, input, seen, first: [item, ...indices], allowed, from }: WrongLabels) => ({
    what: `input ${input} of model ${model} has labels outside its classes, the first in item ${item} of the batch${
      indices.length > 0 ? `, at [${indices.join(', ')}]` : ''
    }`,
    seen: fedFrom(listNames(seen.map(String)), from),
    allowed,
  }),
  'model-without-loss': ({ model, why }: { model: string; why: string }) => ({
    what: `model ${model} cannot be trained and has no loss, because ${why}`,
    fix: "Add a loss and an input with the targets to the config, e.g. loss: ce and inputs/labels: { classes: 10, name: 'targets' }.",
  }),
  'loss-not-scalar': ({ loss, seen }: { loss: string; seen: string }) => ({
    what: `the loss function${loss && ` ${loss}`} does not return the loss of the batch`,
    seen,
    allowed: 'a scalar, such as tf.mean(…) of the losses of items',
  }),
  'wrong-optimizer': ({ model, why }: { model: string; why: string }) => ({
    what: `model ${model} cannot be trained by the optimizer of its config`,
    seen: why,
    allowed: 'a function (tf) => tf.Optimizer, which makes one for each model, or an object that no other model has',
  }),
  'wrong-rate': ({ model, step, group, seen }: { model: string; step: number; group?: string; seen: string }) => ({
    what: `the schedule of model ${model}${group === undefined ? '' : `, group ${group},`} has no usable rate for step ${step}`,
    seen,
    allowed: 'a finite number of at least 0',
  }),
  'loss-not-finite': ({ loss, ...at }: NotFinite & { loss: number }) => ({
    what: `the loss of model ${at.model} at step ${at.step} is not a finite number; ${unchanged(at)}`,
    seen: `${loss}`,
    fix: 'Try a lower learning rate, and check the batch for values that are not finite.',
  }),
  'gradient-not-finite': (at: NotFiniteTensors) => ({
    what: `the gradients of model ${at.model} at step ${at.step} are not finite numbers, though its loss is; ${unchanged(at)}`,
    seen: seenIn(at),
    fix: 'Try a lower learning rate, and check the batch for values that are not finite or very large.',
  }),
  'average-not-finite': (at: NotFiniteTensors) => ({
    what: `the moving averages of model ${at.model} are not finite numbers after the batch of step ${at.step}; ${unchanged(at)}`,
    seen: seenIn(at),
    fix: 'Check the batch for very large values: the square of a number above 1e19 is not finite. Scale the inputs.',
  }),
  'update-not-finite': ({ optimizer, ...at }: NotFiniteTensors & { optimizer: string }) => ({
    what: `the update of model ${at.model} by ${optimizer} at step ${at.step} is not finite, though the gradients are; ${unchanged(at)}`,
    seen: seenIn(at),
    fix: 'Try a lower learning rate, and numbers of the optimizer (epsilon, momentum, decay) closer to its defaults.',
  }),
  'nothing-to-train': ({ model }: { model: string }) => ({
    what: `model ${model} has no variable to train: every layer is frozen`,
    fix: 'Leave a part to `trainable` and without `after: freeze` in the config, or set `trainable` of some layer to true.',
  }),
  'model-save': ({ model, folder, why }: { model: string; folder: string; why: string }) => ({
    what: `model ${model} could not be saved to ${folder}`,
    seen: why,
  }),
  'model-load': ({ folder, why, fix }: { folder: string; why: string; fix?: string }) => ({
    what: `no model could be loaded from ${folder}`,
    seen: why,
    fix,
  }),
} satisfies MessageTable
