/** Which way each convolution is computed; what the ways compute is compared in lower-convolutions.test.ts. */
import { expect } from 'chai'
import type { Kind } from '../../../src/graph/passes/convolutions/convolution.js'
import { lowerConvolutions } from '../../../src/graph/passes/lower-convolutions.js'
import { loadTensorflow, type Tensorflow } from '../../../src/graph/tensorflow.js'
import { takeOverChoices, tunedChoices } from '../../../src/graph/tune/tuner.js'
import { convolutionGraph, type Shapes } from './convolutions.js'
import { opsOf } from './support.js'

/** The way, by the operations that only it has. */
function wayOf(kind: Kind, shapes: Shapes, tf?: Tensorflow): string {
  const ops = opsOf(lowerConvolutions(convolutionGraph(kind, shapes), tf))
  if (ops.some(op => op.startsWith('Conv2D'))) return 'convolution'
  if (ops.includes('BatchMatMulV2')) return 'winograd'
  if (kind === 'filter' && ops.includes('ConcatV2')) return 'by-tap'
  return ops.filter(op => op === 'MatMul').length > 1 ? 'by-position' : 'pointwise'
}

const square = (batch: number, side: number, channels: number, more: Partial<Shapes> = {}): Shapes => ({
  images: [batch, side, side, channels],
  window: [3, 3],
  out: channels,
  ...more,
})

describe('the way a convolution is computed', () => {
  const cases: readonly (readonly [kind: Kind, shapes: Shapes, way: string])[] = [
    ['forward', square(8, 6, 16, { window: [1, 1] }), 'pointwise'],
    ['forward', square(8, 2, 16), 'by-position'],
    ['input', square(8, 2, 16), 'by-position'],
    ['forward', { images: [8, 1, 5, 16], window: [3, 3], out: 16 }, 'convolution'],
    ['filter', square(256, 2, 16), 'by-position'],
    ['filter', square(256, 2, 64), 'by-tap'],
    ['filter', square(2, 5, 16, { window: [7, 7] }), 'by-tap'],
    ['filter', square(2, 5, 16, { window: [7, 8] }), 'convolution'],
    ['filter', square(64, 8, 32), 'convolution'],
    ['forward', square(128, 4, 128), 'winograd'],
    ['input', square(128, 4, 128), 'winograd'],
    ['filter', square(128, 4, 256), 'winograd'],
    ['forward', square(512, 4, 64), 'convolution'],
    ['forward', square(128, 8, 128, { strides: [2, 2] }), 'convolution'],
    ['forward', square(128, 4, 128, { window: [5, 5] }), 'convolution'],
    // Where two patches have no pixel in common with the images.
    ['forward', { images: [8, 1, 2, 16], window: [1, 1], out: 16, padding: [1, 1, 0, 0], strides: [1, 2] }, 'convolution'],
  ]
  for (const [kind, shapes, way] of cases) {
    const { images, window, out, strides = [1, 1] } = shapes
    it(`${kind} of ${images.join('×')} by ${window.join('×')}→${out} / ${strides.join('×')}: ${way}`, () =>
      expect(wayOf(kind, shapes)).to.equal(way))
  }
})

describe('a choice of an earlier process', () => {
  let tf: Tensorflow
  const { MILLRACE_TUNE } = process.env
  before(async () => {
    tf = await loadTensorflow()
  })
  beforeEach(() => {
    delete process.env.MILLRACE_TUNE
  })
  afterEach(() => {
    if (MILLRACE_TUNE !== undefined) process.env.MILLRACE_TUNE = MILLRACE_TUNE
  })

  // Of more than 200 million multiply-adds each; batches that no other test has, since a process keeps its choices.
  const close: readonly (readonly [key: string, kind: Kind, shapes: Shapes, ways: readonly string[]])[] = [
    ['forward 131x4x4x128 to 4x4x128 by 3x3/1x1+1x1', 'forward', square(131, 4, 128), ['winograd', 'convolution']],
    [
      'filter 133x8x7x96 to 8x7x96 by 3x3/1x1+1x1',
      'filter',
      { images: [133, 8, 7, 96], window: [3, 3], out: 96 },
      ['convolution', 'winograd', 'by-tap'],
    ],
    ['filter 3001x2x2x64 to 2x2x64 by 3x3/1x1+1x1', 'filter', square(3001, 2, 64), ['by-position', 'by-tap']],
  ]
  for (const [key, kind, shapes, ways] of close) {
    it(`decides between ways that are about equal: ${key}`, () => {
      const [, ...others] = ways
      const [batch, ...rest] = shapes.images
      for (const [i, way] of ways.entries()) {
        const choices = { [key.replace(`${batch}x`, `${batch + i}x`)]: way }
        takeOverChoices(tf, { machine: tunedChoices(tf).machine, choices })
        expect(wayOf(kind, { ...shapes, images: [batch + i, ...rest] }, tf)).to.equal(way)
      }
      expect(others).not.to.include(wayOf(kind, shapes))
    })
  }

  it('of other strides, windows or margins is another choice', () => {
    const choices = { 'filter 137x9x11x64 to 4x5x96 by 4x5/2x2+1x2': 'convolution' }
    takeOverChoices(tf, { machine: tunedChoices(tf).machine, choices })
    const shapes: Shapes = { images: [137, 9, 11, 64], window: [4, 5], out: 96, strides: [2, 2], padding: [1, 0, 2, 1] }
    expect([wayOf('filter', shapes), wayOf('filter', shapes, tf)]).to.deep.equal(['by-tap', 'convolution'])
  })

  it('does not matter where ways are far apart or the work is small', () => {
    const choices = {
      'filter 19x4x4x64 to 4x4x64 by 3x3/1x1+1x1': 'convolution',
      'filter 139x2x2x32 to 2x2x32 by 3x3/1x1+1x1': 'by-position',
    }
    takeOverChoices(tf, { machine: tunedChoices(tf).machine, choices })
    expect(wayOf('filter', square(19, 4, 64), tf)).to.equal('by-tap')
    expect(wayOf('filter', square(139, 2, 32), tf)).to.equal('by-tap')
  })
})
