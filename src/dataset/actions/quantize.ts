/** Values in one byte each, and back: `quantize`, `dequantize`. */
import { option, options } from '../../options/index.js'
import { sameShape, sourceToTarget } from '../../pipeline/description/component-facts.js'
import { Quantizer, quantizerOptions } from '../../transforms/index.js'
import { batchAction } from '../batch/batch-action.js'
import { sourceAndTarget, sourceArray } from './action-args.js'

const { ranges, mean, clip } = quantizerOptions.table

/**
 * Makes a component int8: the nearest of 255 levels of a range, from −127 to 127.
 *
 * @example
 * data.train.p.normalize({ by: { mode: 'meanstd' } }).quantize({ ranges: [-3, 3] })
 *
 * @throws MillraceError `wrong-value`
 *
 * BatchFlow: `Quantizer.quantize`.
 */
export const quantize = batchAction({
  summary: 'Makes a component int8: the nearest of 255 levels of a range.',
  options: options({ ...sourceAndTarget, ranges, mean, clip }, quantizerOptions.rules as never),
  components: sourceToTarget('images', sameShape),
  apply: (batch, { src, dst = src, ...own }) => batch.set(dst, new Quantizer(own).quantize(sourceArray(batch, src))),
})

/**
 * Makes levels of `quantize` float32 values again, with the same range and mean.
 *
 * @example
 * data.train.p.quantize({ ranges: [-3, 3] }).dequantize({ ranges: [-3, 3] })
 *
 * BatchFlow: `Quantizer.dequantize`.
 */
export const dequantize = batchAction({
  summary: 'Makes levels of quantize values again.',
  options: options(
    { ...sourceAndTarget, ranges, mean: option('what quantize subtracted', mean.type, { default: 0 }) },
    quantizerOptions.rules as never,
  ),
  components: sourceToTarget('images', sameShape),
  apply: (batch, { src, dst = src, ...own }) => batch.set(dst, new Quantizer(own).dequantize(sourceArray(batch, src))),
})
