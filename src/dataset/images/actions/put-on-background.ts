import { fail } from '../../../errors/index.js'
import { option, options, plainType } from '../../../options/index.js'
import { describeValue } from '../../../util/describe-value.js'
import { NdArray } from '../../../util/nd-array.js'
import { itemAction } from '../../items/item-action.js'
import { readImage } from '../image.js'
import { originOption, placeOrigin } from '../options.js'
import { copyImage } from '../result.js'
import { paste } from '../windows.js'

const background = plainType<NdArray | readonly unknown[]>({
  allowed: 'an image, or its values as nested lists',
  schema: { type: 'array' },
  test: value => value instanceof NdArray || Array.isArray(value),
})

/**
 * Lays images on a background; the result has its size.
 *
 * @example
 * pipeline.putOnBackground({ background: NdArray.zeros([64, 64, 1], 'uint8'), origin: 'random' })
 *
 * BatchFlow: `ImagesBatch.put_on_background`.
 */
export const putOnBackground = itemAction({
  summary: 'Lays images on a background.',
  options: options({
    background: option('the background: an image of as many channels and the same element type, or its values as nested lists', background),
    origin: originOption('where images lie on it', 'center'),
  }),
  parallel: { module: import.meta.url, export: 'putOnBackground' },
  apply(item: NdArray, { background, origin }, context) {
    const from = readImage(item)
    const given = background instanceof NdArray ? background : NdArray.from(background, from.dtype)
    const under = readImage(given)
    if (under.dtype !== from.dtype || under.channels !== from.channels) {
      fail('wrong-value', { name: 'background', seen: describeValue(given), allowed: `a ${from.dtype} image of ${from.channels} channels` })
    }
    const { array, image } = copyImage(given, context)
    paste(from, image, placeOrigin(origin, [from.height, from.width], [image.height, image.width], context.seed))
    return array
  },
})
