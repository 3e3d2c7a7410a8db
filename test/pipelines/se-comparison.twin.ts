/** `pipelines/se-comparison.yaml` in TypeScript. */
import { experiment } from '../../src/experiment.js'
import { B, V } from '../../src/index.js'
import { ResNet } from '../../src/models.js'
import { mnist } from '../../src/opensets.js'

const resnetConfig = {
  inputs: {
    images: { shape: [28, 28, 1] },
    labels: { classes: 10, transform: 'ohe', dtype: 'int32', name: 'targets' },
  },
  'initial_block/inputs': 'images',
  'body/num_blocks': [1, 1, 1, 1],
  'body/filters': [64, 128, 256, 512],
  'body/block/bottleneck': true,
  'body/block/post_activation': 'relu',
  'body/block/layout': 'cna cna cn',
  loss: 'ce',
  optimizer: 'Adam',
}

const seConfig = { ...resnetConfig, 'body/block/se_block': true }

export default async () => {
  const data = await mnist()
  const feed = { images: B('images'), labels: B('labels') }

  const resTrain = data.train.p
    .initModel('dynamic', ResNet, 'resnet', { config: resnetConfig })
    .normalize({ scale: 255 })
    .trainModel('resnet', { feed })

  const resTest = data.test.p
    .initVariable('resLoss', { initOnEachRun: [] })
    .importModel('resnet', resTrain)
    .normalize({ scale: 255 })
    .predictModel('resnet', { fetches: 'loss', feed, saveTo: V('resLoss'), mode: 'append' })

  const seTrain = data.train.p.initModel('dynamic', ResNet, 'se', { config: seConfig }).normalize({ scale: 255 }).trainModel('se', { feed })

  const seTest = data.test.p
    .initVariable('seLoss', { initOnEachRun: [] })
    .importModel('se', seTrain)
    .normalize({ scale: 255 })
    .predictModel('se', { fetches: 'loss', feed, saveTo: V('seLoss'), mode: 'append' })

  const exam = data.test.p
    .initVariable('resLabels', { initOnEachRun: [] })
    .initVariable('seLabels', { initOnEachRun: [] })
    .initVariable('targets', { initOnEachRun: [] })
    .importModel('resnet', resTrain)
    .importModel('se', seTrain)
    .normalize({ scale: 255 })
    .predictModel('resnet', { fetches: 'labels', feed: { images: B('images') }, saveTo: V('resLabels'), mode: 'extend' })
    .predictModel('se', { fetches: 'labels', feed: { images: B('images') }, saveTo: V('seLabels'), mode: 'extend' })
    .update(V('targets'), B('labels'), { mode: 'extend' })

  const probe = data.test.p
    .initVariable('resMaps')
    .initVariable('seMaps')
    .initVariable('classes')
    .importModel('resnet', resTrain)
    .importModel('se', seTrain)
    .normalize({ scale: 255 })
    .predictModel('resnet', { fetches: 'head/gap', feed: { images: B('images') }, saveTo: V('resMaps') })
    .predictModel('se', { fetches: 'head/gap', feed: { images: B('images') }, saveTo: V('seMaps') })
    .update(V('classes'), B('labels'))

  const losses = { resnet: 'resTest.resLoss', se: 'seTest.seLoss' }
  const models = { resnet: 'resTrain.resnet', se: 'seTrain.se' }
  const end = { series: losses, from: 300, to: 500, yMax: 0.3 }

  return experiment({
    name: 'se-comparison',
    title: 'Squeeze and excitation',
    description:
      'A ResNet and the same ResNet with squeeze-and-excitation blocks learn to read handwritten digits, from the same first weights on ' +
      'the same batches in the same order. An SE block weighs the channels of a convolutional block. It squeezes each channel to its ' +
      'mean, passes these means through a tiny network of two layers, and scales each channel by what comes out.',
    seed: 42,
    pipelines: { resTrain, resTest, seTrain, seTest, exam, probe },
    run: {
      iterations: 500,
      batch: { batchSize: 300, shuffle: 2, epochs: null },
      record: ['resTest.resLoss', 'seTest.seLoss'],
      after: [
        { pipeline: 'exam', batch: { batchSize: 500, epochs: 1 } },
        { pipeline: 'probe', batch: { batchSize: 300, shuffle: 2, iterations: 1 } },
      ],
    },
    report: {
      charts: [
        { curves: { title: 'Test loss', series: losses, names: { resnet: 'ResNet', se: 'SE-ResNet' } } },
        { curves: { title: 'The last 200 iterations', ...end } },
        { curves: { title: 'The last 200 iterations, smoothed', series: losses, from: 300, to: 500, span: 50 } },
        { parameters: { title: 'Trainable parameters', models } },
        {
          activations: {
            title: 'Activations after global average pooling',
            maps: { resnet: 'probe.resMaps', se: 'probe.seMaps' },
            labels: 'probe.classes',
            span: 350,
          },
        },
        {
          accuracy: {
            title: 'Accuracy on the whole test set',
            predictions: { resnet: 'exam.resLabels', se: 'exam.seLabels' },
            targets: 'exam.targets',
          },
        },
        { conclusion: { title: 'Conclusion', baseline: { resnet: losses.resnet }, candidate: { se: losses.se }, models } },
      ],
    },
  })
}
