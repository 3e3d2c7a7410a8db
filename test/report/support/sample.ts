/** A run as the SE comparison leaves it, made from seeds: two noisy decaying losses, activations of 2,048 channels, ten classes. */

import type { ChartSpec } from '../../../src/contracts/charts.js'
import type { ReportInput, ReportSource, RunResults } from '../../../src/report/index.js'
import { prepareCharts } from '../../../src/report/prepare.js'
import { NdArray } from '../../../src/util/nd-array.js'
import { deriveSeed, normalAt, uniformAt } from '../../../src/util/seeds.js'

/** A loss as it falls: `start` at first, `floor` in the end, noisy throughout, both models on the same batches. */
export function losses(name: string, count: number, start: number, floor: number): number[] {
  const own = deriveSeed(1, name)
  return Array.from({ length: count }, (_, i) => {
    const level = floor + (start - floor) * Math.exp(-i / 7) + 0.12 * Math.exp(-i / 90)
    return level * Math.exp(0.3 * normalAt(7, i) + 0.18 * normalAt(own, i))
  })
}

export function classLabels(count: number): number[] {
  return Array.from({ length: count }, (_, i) => Math.floor(uniformAt(3, i) * 10))
}

/** Activations [items, channels]: a level of each class, channels of their own strength, noise of each item. */
export function activationMaps(name: string, labels: readonly number[], channels: number, level: number, spread: number): NdArray {
  const seed = deriveSeed(2, name)
  const data = new Float32Array(labels.length * channels)
  labels.forEach((label, item) => {
    for (let channel = 0; channel < channels; channel++) {
      const strength = level * (1 + 0.35 * Math.sin(channel / 190 + normalAt(seed, 1)))
      const ofClass =
        spread * normalAt(deriveSeed(seed, label), Math.floor(channel / 120)) +
        spread * normalAt(deriveSeed(seed, label, 'channel'), channel)
      data[item * channels + channel] = Math.max(0, strength + ofClass + 0.05 * normalAt(deriveSeed(seed, 'item', item), channel))
    }
  })
  return new NdArray(data, [labels.length, channels])
}

/** Predictions with a given number of mistakes. */
export function predictions(targets: readonly number[], errors: number): number[] {
  return targets.map((target, i) =>
    i % Math.floor(targets.length / errors) === 3 && i / Math.floor(targets.length / errors) < errors ? (target + 1) % 10 : target,
  )
}

const parts = (se: readonly number[]) =>
  [3264, 74496, 378368, 1510400, 6035456, 20490].map((parameters, i) => ({
    part: ['initial_block', 'body/group-0', 'body/group-1', 'body/group-2', 'body/group-3', 'head'][i]!,
    parameters: parameters + se[i]!,
  }))

/** The live values of a run of `iterations`. */
export function sampleSource({ iterations = 500, planned = 500, channels = 2048, items = 300, testItems = 10_000 } = {}): ReportSource {
  const labels = classLabels(items)
  const targets = classLabels(testItems)
  const values: Record<string, unknown> = {
    'resTest.resLoss': losses('resnet', iterations, 3.2, 0.042),
    'seTest.seLoss': losses('se', iterations, 2.1, 0.036),
    'probe.resMaps': activationMaps('resnet', labels, channels, 0.3, 0.03),
    'probe.seMaps': activationMaps('se', labels, channels, 0.27, 0.08),
    'probe.labels': new NdArray(Uint8Array.from(labels), [items]),
    'exam.resLabels': [new NdArray(Uint8Array.from(predictions(targets, 98)), [testItems])],
    'exam.seLabels': [new NdArray(Uint8Array.from(predictions(targets, 87)), [testItems])],
    'exam.targets': [new NdArray(Uint8Array.from(targets), [testItems])],
  }
  return {
    variable: ref => values[ref],
    model: ref =>
      ({
        'resTrain.resnet': { parameterCount: 8_022_474, parts: parts([0, 0, 0, 0, 0, 0]) },
        'seTrain.se': { parameterCount: 8_722_874, parts: parts([0, 8464, 33312, 132160, 526464, 0]) },
      })[ref],
    iterations: planned,
    interrupted: iterations < planned,
  }
}

const series = { resnet: 'resTest.resLoss', se: 'seTest.seLoss' }

/** The charts of the SE comparison. */
export const sampleCharts: readonly ChartSpec[] = [
  { curves: { title: 'Test loss over the whole run', series, names: { resnet: 'ResNet', se: 'SE-ResNet' } } },
  { curves: { title: 'The last 200 iterations', series, from: 300, to: 500, yMax: 0.15 } },
  { curves: { title: 'The last 200 iterations, smoothed', series, from: 300, to: 500, span: 50 } },
  { parameters: { title: 'What squeeze and excitation adds', models: { resnet: 'resTrain.resnet', se: 'seTrain.se' } } },
  {
    activations: {
      title: 'How classes light up the last layer',
      maps: { resnet: 'probe.resMaps', se: 'probe.seMaps' },
      labels: 'probe.labels',
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
  {
    conclusion: {
      title: 'Conclusion',
      baseline: { resnet: 'resTest.resLoss' },
      candidate: { se: 'seTest.seLoss' },
      models: { resnet: 'resTrain.resnet', se: 'seTrain.se' },
    },
  },
]

const configYaml = `name: se-comparison
seed: 42
datasets:
  mnist: {openset: mnist}
run:
  iterations: 500
  turns: [resTrain, resTest, seTrain, seTest]
  batch: {batchSize: 300, shuffle: 2, epochs: null}
`

/** A whole report's input. */
export function sampleInput(options: Parameters<typeof sampleSource>[0] = {}, changes: Partial<RunResults> = {}): ReportInput {
  const { charts, summary } = prepareCharts(sampleCharts, sampleSource(options))
  const { iterations = 500, planned = 500 } = options
  const results: RunResults = {
    name: 'se-comparison',
    title: 'Squeeze and excitation on MNIST',
    description:
      'A plain ResNet and one with squeeze-and-excitation blocks learn the handwritten digits side by side, from the same batches in the same order.\n\nAfter every step each network is tried on one batch of the test set; the curves below are these test losses.',
    seed: 42,
    started: '2026-01-31T12:05:00.000Z',
    seconds: 412.6,
    iterations: { planned, done: iterations },
    interrupted: iterations < planned,
    versions: { millrace: '0.1.0', node: '20.20.2', tfjs: '4.22.0', tensorflow: '2.21.0' },
    machine: { cpu: 'An eight-core processor at 3.0 GHz', cores: 8, memoryBytes: 24 * 2 ** 30 },
    timing: {
      resTrain: { medianMs: 486.2, batches: iterations },
      resTest: { medianMs: 121.4, batches: iterations },
      seTrain: { medianMs: 561.9, batches: iterations },
      seTest: { medianMs: 133.8, batches: iterations },
    },
    charts,
    ...summary,
    ...changes,
  }
  return { results: JSON.parse(JSON.stringify(results)), configYaml }
}
