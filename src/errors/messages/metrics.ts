/** Errors of comparing targets with predictions. */
import { didYouMean, listNear } from '../did-you-mean.js'
import type { MessageTable } from '../message.js'

const shape = (axes: readonly number[]) => `[${axes.join(', ')}]`

export const metricsMessages = {
  'metrics-input': ({ name, seen }: { name: string; seen: string }) => ({
    what: `${name} cannot be compared as numbers`,
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
    what: 'the shapes of targets and predictions do not match',
    seen: `targets ${shape(targets)}, predictions ${shape(predictions)}${fmt === undefined ? '' : `, fmt ${fmt}`}`,
    allowed: 'the same shape for both; if predictions have proba or logits along an axis, targets may be labels without that axis',
  }),
  'metrics-axis': ({ fmt, numClasses }: { fmt: string; numClasses: number }) => ({
    what: `fmt ${fmt} of ${numClasses} classes needs the axis of the classes`,
    fix: 'Set axis (-1 for the last one), or pass labels with fmt labels. Without an axis, proba and logits are those of the positive class of two',
  }),
  'label-outside': ({ name, seen, numClasses }: { name: string; seen: number; numClasses: number }) => ({
    what: `${name} contain a label that is not a class`,
    seen: String(seen),
    allowed: `integers 0 … ${numClasses - 1}`,
    fix: 'Set numClasses, the number of all classes. Default: 2',
  }),
  'metric-inapplicable': ({ metric, of }: { metric: string; of: string }) => ({
    what: `${metric} is not defined for ${of}`,
    fix: 'It needs true negatives, and rightly absent instances cannot be counted. Use precision, recall or f1Score',
  }),
  'metrics-differ': ({ mode, kept, seen }: { mode: string; kept: string; seen: string }) => ({
    what: `these metrics cannot be combined by ${mode}`,
    seen,
    allowed: kept,
  }),
  'metrics-kind': ({ seen, matches, allowed }: { seen: string; matches: readonly string[]; allowed: readonly string[] }) => ({
    what: `${JSON.stringify(seen)} is a prefix of ${matches.length > 0 ? 'several kinds' : 'no kind'} of metrics`,
    allowed: listNear(seen, allowed),
    fix: didYouMean(seen, allowed),
  }),
  'metrics-state': ({ of, seen }: { of: string; seen: string }) => ({
    what: `not a saved state of ${of}`,
    seen,
    allowed: 'the result of toJSON',
  }),
} satisfies MessageTable
