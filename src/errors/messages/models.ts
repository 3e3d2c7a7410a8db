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
  readonly allowed: string
}

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
  'not-a-model': ({ seen }: { seen: string }) => ({
    what: 'not something a model can be built from',
    seen,
    allowed: 'a model class of the zoo, a tf.LayersModel, a function (config, tf) => tf.LayersModel',
  }),
  'unknown-fetch': ({ model, seen, allowed }: Named) => ({
    what: `model ${model} has no output ${seen} to fetch`,
    allowed: listNear(seen, allowed, 16),
    fix: didYouMean(seen, allowed),
  }),
  'unknown-feed': ({ model, seen, allowed }: Named) => ({
    what: `model ${model} has no input ${seen}`,
    allowed: listNear(seen, allowed),
    fix: didYouMean(seen, allowed),
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
  'labels-outside-classes': ({ model, input, seen, allowed, from }: WrongLabels) => ({
    what: `input ${input} of model ${model} has labels outside its classes`,
    seen: fedFrom(listNames(seen.map(String)), from),
    allowed,
  }),
  'model-without-loss': ({ model, why }: { model: string; why: string }) => ({
    what: `model ${model} cannot be trained and has no loss, because ${why}`,
    fix: "Add a loss and an input with the targets to the config, e.g. loss: ce and inputs/labels: { classes: 10, name: 'targets' }.",
  }),
  'loss-not-finite': ({ model, step, loss }: { model: string; step: number; loss: number }) => ({
    what: `the loss of model ${model} at step ${step} is not a finite number; its weights are unchanged by this step`,
    seen: `${loss}`,
    fix: 'Try a lower learning rate, and check the batch for values that are not finite.',
  }),
  'nothing-to-train': ({ model }: { model: string }) => ({
    what: `model ${model} has no variable to train: every layer is frozen`,
    fix: 'Set `trainable` of some layer to true.',
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
