/** A file that is right, with everything in it; and the spec it describes. */
export const text = `
name: compare
title: Compare
seed: 42
vars: { size: 300, scale: 255 }
datasets:
  mnist: { openset: mnist, folder: data }
configs:
  resnet: &resnet
    inputs: { images: { shape: [28, 28, 1] } }
    body/filters: [64, 128]
    loss: ce
  se: { extends: resnet, body/block/se_block: true }
pipelines:
  train:
    dataset: mnist.train
    config: { lr: 0.1, model: { depth: 3 } }
    actions:
      - normalize: { scale: '\${vars.scale}' }
      - flip:
      - initModel: { mode: dynamic, modelClass: ResNet, name: net, config: '\${configs.se}' }
      - initModel: { mode: static, modelClass: LinearModel, name: linear, config: { <<: *resnet, depth: !C model/depth } }
      - trainModel: { name: net, feed: { images: !B images, labels: !B labels } }
  test:
    dataset: mnist.test
    actions:
      - initVariable: { name: losses, initOnEachRun: [] }
      - importModel: { name: net, from: train }
      - predictModel: { name: net, fetches: loss, feed: { images: !B images }, saveTo: !V losses, mode: append }
      - update: { dst: !B half, value: { '/': [!B images, 2] } }
      - update: { dst: !V losses, value: [!B half, !D classes, !I, !M net, !R [normal, 0, 1], !W { V: losses }, !C { C: x, default: 1 }, !D , !B ] }
run:
  iterations: 500
  turns: [train, test]
  batch: { batchSize: '\${vars.size}', shuffle: 2, epochs: null }
  record: [test.losses]
  after:
    - { pipeline: test, batch: { batchSize: 500 } }
report:
  charts:
    - curves: { title: Losses, series: { net: test.losses } }
    - parameters: { series: { net: train.net, linear: train.linear } }
`.replace('!C { C: x, default: 1 }', '{ C: x, default: 1 }')

const resnet = { inputs: { images: { shape: [28, 28, 1] } }, 'body/filters': [64, 128], loss: 'ce' }

export const spec = {
  name: 'compare',
  title: 'Compare',
  description: '',
  seed: 42,
  datasets: { mnist: { openset: 'mnist', folder: 'data' } },
  pipelines: {
    train: {
      dataset: 'mnist.train',
      config: { lr: 0.1, model: { depth: 3 } },
      actions: [
        { normalize: { scale: 255 } },
        { flip: {} },
        { initModel: { mode: 'dynamic', modelClass: 'ResNet', name: 'net', config: { ...resnet, 'body/block/se_block': true } } },
        { initModel: { mode: 'static', modelClass: 'LinearModel', name: 'linear', config: { ...resnet, depth: { C: 'model/depth' } } } },
        { trainModel: { name: 'net', feed: { images: { B: 'images' }, labels: { B: 'labels' } } } },
      ],
    },
    test: {
      dataset: 'mnist.test',
      config: {},
      actions: [
        { initVariable: { name: 'losses', initOnEachRun: [] } },
        { importModel: { name: 'net', from: 'train' } },
        { predictModel: { name: 'net', feed: { images: { B: 'images' } }, fetches: 'loss', saveTo: { V: 'losses' }, mode: 'append' } },
        { update: { dst: { B: 'half' }, value: { '/': [{ B: 'images' }, 2] } } },
        {
          update: {
            dst: { V: 'losses' },
            value: [
              { B: 'half' },
              { D: 'classes' },
              { I: 'current' },
              { M: 'net' },
              { R: 'normal', args: [0, 1] },
              { W: { V: 'losses' } },
              { C: 'x', default: 1 },
              { D: null },
              { B: null },
            ],
          },
        },
      ],
    },
  },
  run: {
    iterations: 500,
    turns: ['train', 'test'],
    batch: { batchSize: 300, shuffle: 2, epochs: null },
    record: ['test.losses'],
    after: [{ pipeline: 'test', batch: { batchSize: 500 } }],
  },
  report: {
    charts: [
      { curves: { title: 'Losses', series: { net: 'test.losses' } } },
      { parameters: { series: { net: 'train.net', linear: 'train.linear' } } },
    ],
  },
}
