/** `initModel` knows the keys of a zoo class's config. Read by tsc, never run. */

import { B, C, Dataset, ImagesBatch } from '../../src/index.js'
import { type ConfigOf, ResNet, ResNet18 } from '../../src/models.js'

const p = new Dataset(10, ImagesBatch).p
const inputs = { images: { shape: [28, 28, 1] }, labels: { classes: 10, name: 'targets' } } as const
const relu = (x: number) => x

// Paths, levels, mixtures of both.
p.initModel('dynamic', ResNet, 'net', { config: { inputs, 'body/num_blocks': [1, 1], 'body/block/se_block/ratio': 4, loss: 'ce' } })
p.initModel('dynamic', ResNet, 'net', { config: { inputs, body: { num_blocks: [1], block: { se_block: true } }, optimizer: 'Adam' } })
p.initModel('dynamic', ResNet, 'net', { config: { body: { 'block/se_block': { ratio: 4 } }, 'initial_block/filters': 3 } })
p.initModel('static', ResNet, 'net', { config: { 'inputs/images/shape': 784, 'body/block': { layout: 'cna' } } })
// Names with options, in each form.
p.initModel('dynamic', ResNet18, 'net', { config: { optimizer: ['AdamW', { weightDecay: 0.1 }], decay: { warmupSteps: 5 } } })
p.initModel('dynamic', ResNet18, 'net', {
  config: { optimizer: { name: 'sgd', learningRate: 0.1 }, decay: ['exp', { decaySteps: 5, decayRate: 0.9 }] },
})
p.initModel('dynamic', ResNet18, 'net', { config: { 'optimizer/learningRate': 0.1, 'decay/name': 'cosine', 'decay/decaySteps': 5 } })
p.initModel('dynamic', ResNet18, 'net', { config: { loss: 'cross_entropy', predictions: 'proba', gradient_clipping: { norm: 1 } } })
p.initModel('dynamic', ResNet18, 'net', { config: { 'common/activation': relu, 'head/activation': ['relu', null], decay: null } })
// A loss with options, several that are added up, masks.
p.initModel('dynamic', ResNet18, 'net', { config: { loss: { name: 'dice', smooth: 1 } } })
p.initModel('dynamic', ResNet18, 'net', { config: { loss: ['tversky', { alpha: 0.5, beta: 0.5 }] } })
p.initModel('dynamic', ResNet18, 'net', {
  config: { loss: ['ce', { name: 'focal', gamma: 3, weight: 0.5 }, ['dice', { weights: [1, 2] }]] },
})
p.initModel('dynamic', ResNet18, 'net', { config: { 'loss/name': 'huber', 'loss/delta': 2 } })
p.initModel('dynamic', ResNet18, 'net', {
  config: {
    inputs: { images: { shape: [8, 8, 3] }, masks: { shape: [8, 8], classes: 21, transform: 'ohe', ignore: 255, name: 'targets' } },
  },
})
// Functions and objects of the program.
const ofProgram = {
  loss: (targets, predictions, tf) => tf.mean(tf.squaredDifference(targets, predictions)),
  decay: step => 1 / step,
  optimizer: tf => tf.train.adam(0.1),
} satisfies ConfigOf<typeof ResNet18>
p.initModel('dynamic', ResNet18, 'net', { config: ofProgram })
p.initModel('dynamic', ResNet18, 'net', { config: { loss: [{ name: 'ce', weight: 0.5 }, ofProgram.loss] } })
// Groups of weights.
p.initModel('dynamic', ResNet18, 'net', {
  config: {
    trainable: ['body/**', '!**/bias'],
    parameter_groups: [{ match: 'body', learningRate: 0.1, decay: { name: 'cosine', decaySteps: 5 }, after: 'freeze' }],
    freeze_out: { steps: 5, by: 'block' },
    'decay/name': 'staged',
    'decay/stages': [
      { warmupSteps: 4, until: 5 },
      { name: 'step', every: 3 },
    ],
  },
})
// Expressions, for any value.
p.initModel('dynamic', ResNet18, 'net', { config: { loss: C('loss'), inputs: { images: { shape: B('images').attr('shape') } } } })
p.initModel('static', ResNet18, 'net', { config: { optimizer: C('optimizer'), 'body/num_blocks': [C('blocks'), 2] } })
p.initModel('dynamic', ResNet18, 'net', { config: { optimizer: { name: 'Adam', learningRate: C('rate') } } })
// What has no types to check.
const record: Readonly<Record<string, unknown>> = {}
const widened = { inputs, loss: 'ce', optimizer: 'Adam' }
p.initModel('dynamic', ResNet18, 'net', { config: record })
p.initModel('dynamic', ResNet18, 'net', { config: widened })
p.initModel('dynamic', (_config, tf) => tf.sequential(), 'net', { config: { anything: 1, loss: 'ce' } })
p.initModel('dynamic', ResNet18, 'net')

const typed = { inputs, loss: 'ce', 'body/block/se_block': true } satisfies ConfigOf<typeof ResNet18>
p.initModel('dynamic', ResNet18, 'net', { config: typed })
const annotated: ConfigOf<typeof ResNet> = { inputs, optimizer: 'SGD' }
p.initModel('static', ResNet, 'net', { config: annotated })
ResNet.describe(annotated)

// Types inside themselves.
const forked = { layout: 'cna', branches: [{ share: 0.5 }, { kernel_size: [1, 3], filters: 4 }] } as const
p.initModel('dynamic', ResNet, 'net', { config: { 'body/block': { type: 'branches', branches: [forked, { layout: 'p' }] } } })

// @ts-expect-error a misspelt key
p.initModel('dynamic', ResNet, 'net', { config: { losss: 'ce' } })
// @ts-expect-error a misspelt path
p.initModel('dynamic', ResNet, 'net', { config: { 'body/num_blokcs': [1] } })
// @ts-expect-error a misspelt key of a level
p.initModel('dynamic', ResNet, 'net', { config: { body: { num_blokcs: [1] } } })
// @ts-expect-error a misspelt path in a level
p.initModel('dynamic', ResNet, 'net', { config: { body: { 'block/se_blok': true } } })
// @ts-expect-error a misspelt key of a branch
p.initModel('dynamic', ResNet, 'net', { config: { 'body/block/branches': [{ layout: 'c', branches: [{ filtres: 4 }] }] } })
// @ts-expect-error a misspelt key of a squeeze
p.initModel('dynamic', ResNet, 'net', { config: { 'body/block/squeeze/filtres': 4 } })
// @ts-expect-error a misspelt optimizer
p.initModel('dynamic', ResNet, 'net', { config: { optimizer: 'Adm' } })
// @ts-expect-error an option of another optimizer
p.initModel('dynamic', ResNet, 'net', { config: { optimizer: { name: 'SGD', beta1: 0.9 } } })
// @ts-expect-error a misspelt option of an optimizer
p.initModel('dynamic', ResNet, 'net', { config: { 'optimizer/learningRat': 0.9 } })
// @ts-expect-error an option that the schedule needs
p.initModel('dynamic', ResNet, 'net', { config: { decay: { name: 'cosine' } } })
// @ts-expect-error a loss that is no tensor
p.initModel('dynamic', ResNet, 'net', { config: { loss: () => 5 } })
// @ts-expect-error a misspelt key of a group
p.initModel('dynamic', ResNet, 'net', { config: { parameter_groups: [{ match: 'body', learningRat: 0.1 }] } })
// @ts-expect-error a word that after does not have
p.initModel('dynamic', ResNet, 'net', { config: { freeze_out: { steps: 5, after: 'freez' } } })
// @ts-expect-error an option of another stage
p.initModel('dynamic', ResNet, 'net', { config: { 'decay/stages': [{ name: 'cosine', decaySteps: 5, gamma: 1 }] } })
// @ts-expect-error a misspelt loss
p.initModel('dynamic', ResNet, 'net', { config: { loss: 'cee' } })
// @ts-expect-error a misspelt option of a loss
p.initModel('dynamic', ResNet, 'net', { config: { loss: { name: 'dice', smoth: 1 } } })
// @ts-expect-error an option of another loss
p.initModel('dynamic', ResNet, 'net', { config: { loss: ['dice', { gamma: 1 }] } })
// @ts-expect-error a misspelt option of a loss in a list
p.initModel('dynamic', ResNet, 'net', { config: { loss: ['ce', { name: 'focal', gama: 1 }] } })
// @ts-expect-error options of a loss without its name
p.initModel('dynamic', ResNet, 'net', { config: { loss: { gamma: 1 } } })
// @ts-expect-error a misspelt key of masks
p.initModel('dynamic', ResNet, 'net', { config: { inputs: { masks: { classes: 3, ignored: 255 } } } })
// @ts-expect-error a value of another type
p.initModel('static', ResNet, 'net', { config: { 'body/num_blocks': 'many' } })
// @ts-expect-error a misspelt key of an input
p.initModel('static', ResNet, 'net', { config: { inputs: { images: { shpe: 3 } } } })
// @ts-expect-error a static model knows no batch
p.initModel('static', ResNet, 'net', { config: { 'inputs/images/shape': B('images').attr('shape') } })
// @ts-expect-error a component that there is not
p.initModel('dynamic', ResNet, 'net', { config: { 'inputs/images/shape': B('imagez').attr('shape') } })
// @ts-expect-error a misspelt option
p.initModel('dynamic', ResNet, 'net', { konfig: {} })
// @ts-expect-error a misspelt key, where the type is asked of the config itself
;({ losss: 'ce' }) satisfies ConfigOf<typeof ResNet>
