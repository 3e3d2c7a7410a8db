/** What convolutions are estimated to cost, and which ways can compute them. The numbers are worked out by hand. */
import { expect } from 'chai'
import { ints, string, type } from '../../../src/graph/ir/attributes.js'
import type { Attributes, DType } from '../../../src/graph/ir/graph.js'
import { byPosition, costByPosition } from '../../../src/graph/passes/convolutions/by-position.js'
import { costByTap } from '../../../src/graph/passes/convolutions/by-tap.js'
import { type Convolution, type Kind, livePairs, readConvolution } from '../../../src/graph/passes/convolutions/convolution.js'
import { costOfConvolution } from '../../../src/graph/passes/convolutions/cost.js'
import { pointwise } from '../../../src/graph/passes/convolutions/pointwise.js'
import { costOfWinograd, winograd } from '../../../src/graph/passes/convolutions/winograd.js'
import { convolutionGraph } from './convolutions.js'
import { sketch } from './support.js'

/** A 3×3 convolution of two images of 8×8×3 to 8×8×5. */
const usual: Convolution = {
  kind: 'forward',
  batch: 2,
  input: [8, 8],
  output: [8, 8],
  window: [3, 3],
  strides: [1, 1],
  before: [1, 1],
  inChannels: 3,
  outChannels: 5,
}
const size = (height: number, width: number): Partial<Convolution> => ({ input: [height, width], output: [height, width] })

describe('costs of convolutions', () => {
  type Case = readonly [what: string, cost: (c: Convolution) => number, change: Partial<Convolution>, wanted: number]
  /** 135 elements of the filter, 100 each to reorder, and a call. */
  const fixed = 13_500 + 1e7
  const cases: readonly Case[] = [
    ['of oneDNN', costOfConvolution, {}, 0.9 * 2 * 64 * 135 + fixed],
    ['of oneDNN in narrow rows', costOfConvolution, size(8, 4), 0.9 * 2 * 32 * 135 + fixed],
    ['of oneDNN for a filter', costOfConvolution, { kind: 'filter', ...size(8, 5) }, 0.9 * 2 * 40 * 135 + fixed],
    ['of oneDNN for a filter in narrow rows', costOfConvolution, { kind: 'filter', ...size(8, 4) }, 1.05 * 2 * 32 * 135 + fixed],
    ['of oneDNN with a stride along one axis', costOfConvolution, { strides: [1, 2] }, 1.25 * 2 * 64 * 135 + fixed],
    // 4 pairs of positions along each axis of 2×2.
    ['by tap', costByTap, size(2, 2), 2 * 16 * 15 + 20 * (2 * 16 * 8)],
    ['by position', costByPosition, size(2, 2), 2 * 16 * 15 + 20 * (2 * (16 * 3 + 4 * 5) + 3 * 4 * 135)],
    ['by the only position', costByPosition, size(1, 1), 2 * 15 + 20 * (2 * (3 + 5))],
    // 2×2 tiles per image of the result, 2×3 of the images.
    ['by Winograd', costOfWinograd, { output: [8, 5], input: [8, 9] }, 36 * (8 * 15 + 90 * 8 * 8 + 45 * 15) + 2e7],
    [
      'by Winograd for images',
      costOfWinograd,
      { kind: 'input', output: [8, 5], input: [8, 9] },
      36 * (12 * 15 + 90 * 12 * 8 + 45 * 15) + 2e7,
    ],
  ]
  for (const [what, cost, change, wanted] of cases) {
    it(`${what}: ${wanted}`, () => expect(cost({ ...usual, ...change })).to.be.closeTo(wanted, 1e-6))
  }

  it('count pairs of positions along both axes', () => {
    expect(livePairs({ ...usual, ...size(3, 2) })).to.equal(7 * 4)
  })
})

describe('ways to compute a convolution', () => {
  const ways = { pointwise, byPosition, winograd }
  const one = { window: [1, 1], before: [0, 0] } as const
  type Case = readonly [what: string, change: Partial<Convolution>, names: readonly (keyof typeof ways)[]]
  const cases: readonly Case[] = [
    ['3×3', {}, ['byPosition', 'winograd']],
    ['3×2', { window: [3, 2] }, ['byPosition']],
    ['2×3', { window: [2, 3] }, ['byPosition']],
    ['3×3 with a stride along the rows', { strides: [2, 1], output: [4, 8] }, ['byPosition']],
    ['3×3 with a stride along the columns', { strides: [1, 2], output: [8, 4] }, ['byPosition']],
    ['1×1', one, ['pointwise', 'byPosition']],
    ['1×2', { window: [1, 2], before: [0, 0] }, ['byPosition']],
    ['2×1', { window: [2, 1], before: [0, 0] }, ['byPosition']],
    ['1×1 with rows of padding', { ...one, before: [1, 0], output: [10, 8] }, []],
    ['1×1 with columns of padding', { ...one, before: [0, 1], output: [8, 10] }, []],
  ]
  for (const [what, change, names] of cases) {
    it(`${what}: ${names.join(', ') || 'none'}`, () => {
      const applying = Object.entries(ways).filter(([, { applies }]) => applies({ ...usual, ...change }))
      expect(applying.map(([name]) => name)).to.deep.equal(names)
    })
  }
})

describe('a convolution that is read from its node', () => {
  for (const kind of ['forward', 'input', 'filter'] satisfies Kind[]) {
    it(`has its sizes, strides and margins: ${kind}`, () => {
      const { nodes } = convolutionGraph(kind, { images: [2, 6, 7, 3], window: [3, 2], out: 5, strides: [2, 3], padding: [2, 0, 1, 3] })
      expect(readConvolution(nodes.at(-1)!)).to.deep.equal({
        kind,
        batch: 2,
        input: [6, 7],
        output: [3, 4],
        window: [3, 2],
        strides: [2, 3],
        before: [2, 1],
        inChannels: 3,
        outChannels: 5,
      })
    })
  }

  it('has equal margins where its padding is SAME', () => {
    const { nodes } = convolutionGraph('forward', { images: [2, 6, 7, 3], window: [3, 5], out: 5 })
    expect(readConvolution(nodes.at(-1)!)?.before).to.deep.equal([1, 2])
  })

  interface Drawn {
    readonly attributes?: Attributes
    readonly images?: readonly number[]
    readonly filter?: readonly number[]
    readonly dtype?: DType
    readonly op?: string
  }
  const read = ({ attributes = {}, images = [2, 4, 4, 3], filter = [1, 1, 3, 5], dtype = 'float32', op = 'Conv2D' }: Drawn) =>
    sketch(s => {
      const given = { T: type(dtype), strides: ints([1, 1, 1, 1]), padding: string('VALID'), ...attributes }
      const outputs = [{ shape: [...images.slice(0, 3), filter[3]!], dtype }]
      return s.value(op, given, [s.input('x', images, dtype), s.input('f', filter, dtype)], outputs)
    }).nodes.map(readConvolution)[2]

  const plain: Readonly<Record<string, Drawn>> = {
    'without a format': {},
    'of NHWC images': { attributes: { data_format: string('NHWC') } },
    'whose dilations are 1': { attributes: { dilations: ints([1, 1, 1, 1]) } },
  }
  for (const [what, drawn] of Object.entries(plain))
    it(`is one ${what}`, () => expect(read(drawn)).to.include({ batch: 2, outChannels: 5 }))

  const other: Readonly<Record<string, Drawn>> = {
    'of NCHW images': { attributes: { data_format: string('NCHW') } },
    'with dilations': { attributes: { dilations: ints([1, 2, 1, 1]) } },
    'in groups of channels': { images: [2, 4, 4, 6] },
    'of no images': { images: [0, 4, 4, 3] },
    'to no channels': { filter: [1, 1, 3, 0] },
    'of another type': { dtype: 'bfloat16' },
    'of another kind': { op: 'DepthwiseConv2dNative' },
    'named like a property of objects': { op: 'constructor' },
  }
  for (const [what, drawn] of Object.entries(other)) it(`is none ${what}`, () => expect(read(drawn)).to.equal(undefined))
})
