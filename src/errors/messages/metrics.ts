/** What goes wrong when targets are compared with predictions. */
import { didYouMean, listNear } from '../did-you-mean.js'
import type { MessageTable } from '../message.js'

const shape = (axes: readonly number[]) => `[${axes.join(', ')}]`

export const metricsMessages = {
  'metrics-input': ({ name, seen }: { name: string; seen: string }) => ({
    what: `${name} are no numbers that can be compared`,
    seen,
    allowed: 'an NdArray, a typed array, numbers nested as deep as the shape, or a list of such arrays',
  }),
  'metrics-shapes': ({
    targets,
    predictions,
    fmt,
  }: {
    targets: readonly number[]
    predictions: readonly number[]
    fmt?: string | undefined
  }) => ({
    what: 'targets and predictions do not have shapes that go together',
    seen: `targets ${shape(targets)}, predictions ${shape(predictions)}${fmt === undefined ? '' : `, fmt ${fmt}`}`,
    allowed: 'the same shape for both; with proba or logits along an axis, targets may be labels, without that axis',
  }),
  'metrics-axis': ({ fmt, numClasses }: { fmt: string; numClasses: number }) => ({
    what: `fmt ${fmt} of ${numClasses} classes needs the axis the classes lie along`,
    fix: 'Give axis (-1 for the last one), or labels with fmt labels. Without an axis, proba and logits are those of the positive one of two classes',
  }),
  'label-outside': ({ name, seen, numClasses }: { name: string; seen: number; numClasses: number }) => ({
    what: `${name} hold a label that is no class`,
    seen: String(seen),
    allowed: `whole numbers 0 … ${numClasses - 1}`,
    fix: 'Give numClasses, the number of all classes: 2 unless it is told',
  }),
  'metric-inapplicable': ({ metric, of }: { metric: string; of: string }) => ({
    what: `${of} have no ${metric}`,
    fix: 'It needs true negatives, and there is no number of instances that are rightly absent. Use precision, recall or f1Score',
  }),
  'metrics-differ': ({ mode, kept, seen }: { mode: string; kept: string; seen: string }) => ({
    what: `these metrics cannot be put together by ${mode}`,
    seen,
    allowed: kept,
  }),
  'metrics-kind': ({ seen, matches, allowed }: { seen: string; matches: readonly string[]; allowed: readonly string[] }) => ({
    what: `${JSON.stringify(seen)} is the beginning of ${matches.length > 0 ? 'several kinds' : 'no kind'} of metrics`,
    allowed: listNear(seen, allowed),
    fix: didYouMean(seen, allowed),
  }),
  'metrics-state': ({ of, seen }: { of: string; seen: string }) => ({
    what: `this is no saved state of ${of}`,
    seen,
    allowed: 'what toJSON gave',
  }),
} satisfies MessageTable
