/** Image files through sharp, which is loaded when the first one is read or written. */
import { fail } from '../../errors/index.js'
import { readRegular } from '../../util/files/read-file.js'
import { writeWhole } from '../../util/files/write-whole.js'
import { NdArray } from '../../util/nd-array.js'
import { readingFile } from './reading-file.js'

/** The formats an image can be written in. */
export const imageFormats = ['png', 'jpeg'] as const
export type ImageFormat = (typeof imageFormats)[number]

/** Options of writing an image. */
export interface ImageOptions {
  /** The format. Default: by the file's extension. */
  readonly fmt?: ImageFormat
  /** The quality of a JPEG, 1 … 100. Default 90. */
  readonly quality?: number
}

/**
 * Reads an image file: PNG, JPEG, or another format of sharp (WebP, AVIF, TIFF, GIF). Shape [height, width, channels], with 1 channel for
 * grey, 2 for grey and alpha, 3 for colours, 4 for colours and alpha; uint8, or uint16 for 16 bits per channel. A palette becomes colours.
 *
 * @example
 * const image = await readImage('cat.png')  // NdArray uint8 [32, 32, 3]
 *
 * @throws MillraceError `sharp-missing`, `file-unreadable`
 */
export async function readImage(path: string): Promise<NdArray> {
  const sharp = await loadSharp()
  return readingFile(path, async () => {
    // Read here, since sharp would keep files open in its cache.
    const bytes = await readRegular(path)
    const { space, depth, channels } = await sharp(bytes).metadata()
    const isGrey = isGreySpace(space)
    const isDeep = depth === 'ushort'
    // sharp drops alpha from raw values of grey with alpha: they are read as colours, of which one and the alpha are kept.
    const spaces = isGrey && channels === 1 ? greySpaces : colourSpaces
    const image = sharp(bytes).toColourspace(spaces[isDeep ? 'deep' : 'plain'])
    const { data, info } = await image.raw({ depth: isDeep ? 'ushort' : 'uchar' }).toBuffer({ resolveWithObject: true })
    const own = new Uint8Array(data).buffer
    const array = new NdArray(isDeep ? new Uint16Array(own) : new Uint8Array(own), [info.height, info.width, info.channels])
    return isGrey && info.channels === 4 ? greyAndAlpha(array) : array
  })
}

/**
 * Writes an image file. The array is uint8 (for PNG also uint16) of shape [height, width] or [height, width, channels] with 1 to 4
 * channels; JPEG has 1 or 3. The file appears complete or not at all.
 *
 * @example
 * await writeImage('digit.png', batch.images.item(0))
 *
 * @throws MillraceError `sharp-missing`, `image-values`, `wrong-value`, and errors of the file system
 */
export async function writeImage(path: string, image: NdArray, { fmt = formatOf(path), quality = 90 }: ImageOptions = {}): Promise<void> {
  const [height, width, channels = 1] = image.shape
  const { dtype, data } = image
  const isDeep = dtype === 'uint16' && fmt === 'png'
  const isShape = (image.shape.length === 2 || image.shape.length === 3) && (fmt === 'png' ? [1, 2, 3, 4] : [1, 3]).includes(channels)
  if (!isShape || !(dtype === 'uint8' || isDeep)) fail('image-values', { path, fmt, seen: `${dtype} [${image.shape.join(', ')}]` })
  const sharp = await loadSharp()
  const raw = { width: width!, height: height!, channels: channels as 1 | 2 | 3 | 4 }
  const isGrey = channels < 3
  const from = sharp(data as Uint8Array | Uint16Array, { raw }).toColourspace(
    isGrey ? (isDeep ? 'grey16' : 'b-w') : isDeep ? 'rgb16' : 'srgb',
  )
  await writeWhole(path, await (fmt === 'png' ? from.png() : from.jpeg({ quality })).toBuffer())
}

const greySpaces = { plain: 'b-w', deep: 'grey16' } as const
const colourSpaces = { plain: 'srgb', deep: 'rgb16' } as const

function isGreySpace(space: string): boolean {
  return Object.values<string>(greySpaces).includes(space)
}

function greyAndAlpha(image: NdArray): NdArray {
  const kept = image.data.filter((_, i) => i % 4 === 0 || i % 4 === 3) as typeof image.data
  return new NdArray(kept, [...image.shape.slice(0, 2), 2])
}

function formatOf(path: string): ImageFormat {
  const end = path.slice(path.lastIndexOf('.') + 1).toLowerCase()
  if (end === 'png') return 'png'
  return end === 'jpg' || end === 'jpeg'
    ? 'jpeg'
    : fail('wrong-value', { name: 'the end of an image file', seen: path, allowed: '.png, .jpg, .jpeg' })
}

async function loadSharp() {
  try {
    return (await import('sharp')).default
  } catch (error) {
    return fail('sharp-missing', undefined, {}, error)
  }
}
