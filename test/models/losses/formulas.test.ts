import { expect } from 'chai'
import { loadTensorflow } from '../../../src/graph/tensorflow.js'
import type { Tf } from '../../../src/models/tf-types.js'
import { NdArray } from '../../../src/util/nd-array.js'
import { uniformAt } from '../../../src/util/seeds.js'
import { evaluate, evaluateBoth, expectClose } from './evaluate.js'
import { differentiate, type Options, oracles, type Position } from './oracles.js'

const IGNORE = 255
const shape = [2, 2, 3]
const size = 12

interface Setting {
  readonly loss: keyof typeof oracles
  readonly options?: Options
  readonly classes?: number
  /** Targets by position: class numbers, or numbers for each output. Default: every class, some ignored. */
  readonly targets?: readonly number[]
}

const some = [0, 1, 2, 255, 2, 1, 0, 0, 255, 2, 1, 1]
const withoutClass1 = [0, 2, 2, 255, 2, 0, 0, 0, 255, 2, 0, 2]
const overlapping = Array.from({ length: size * 3 }, (_, i) => (i * i + (i >> 2)) % 2)
const single = [0, 1, 1, 255, 0, 1, 0, 0, 255, 1, 1, 0]
const weights = [0.5, 2, 1.25]

const settings: readonly Setting[] = [
  ...(['ce', 'focal', 'dice', 'jaccard', 'tversky', 'lovasz'] as const).flatMap((loss): Setting[] => [
    { loss },
    { loss, options: { weights } },
    { loss, targets: withoutClass1 },
  ]),
  { loss: 'bce', targets: overlapping, options: { weights } },
  { loss: 'bce', targets: single, classes: 1 },
  { loss: 'lovasz', targets: single, classes: 1 },
  { loss: 'focal', targets: single, classes: 1, options: { alpha: 0.25 } },
  { loss: 'focal', targets: overlapping, options: { activation: 'sigmoid', gamma: 3, weights } },
  { loss: 'focal', options: { alpha: 0.4, gamma: 0.5 } },
  { loss: 'dice', targets: overlapping, options: { activation: 'sigmoid', weights } },
  { loss: 'jaccard', options: { smooth: 1 } },
  { loss: 'tversky', options: { alpha: 0.9, beta: 0.2, smooth: 0.5 } },
]

/** The same case for the oracle and for the loss. */
function caseOf({ loss, options = {}, classes = 3, targets = some }: Setting) {
  const outputs = Float32Array.from({ length: size * classes }, (_, i) => 4 * uniformAt(3, i) - 2)
  const isNumbers = classes > 1 && targets.length === size
  const positions = Array.from({ length: size }, (_, at): Position => {
    const row = isNumbers
      ? Array.from({ length: classes }, (_, i) => Number(targets[at] === i))
      : targets.slice(at * classes, (at + 1) * classes)
    const counts = !(isNumbers ? [targets[at]] : row).includes(IGNORE)
    return { outputs: [...outputs.subarray(at * classes, (at + 1) * classes)], targets: counts ? row : row.map(() => 0), counts }
  })
  const given = {
    loss: { name: loss, ...options },
    outputs: new NdArray(outputs, [...shape, classes]),
    targets: new NdArray(Uint8Array.from(targets), isNumbers ? shape : [...shape, classes]),
    ignore: IGNORE,
  }
  return { positions, options, given }
}

describe('losses of masks are their formulas', () => {
  let tf: Tf
  before(async () => {
    tf = await loadTensorflow()
  })

  for (const setting of settings) {
    const { loss, options = {}, classes = 3, targets = some } = setting
    const what = [
      `${loss} of ${classes === 1 ? 'one output' : 'three outputs'}`,
      ...Object.entries(options).map(([key, value]) => `${key} ${value}`),
      ...(targets === withoutClass1 ? ['a class that the batch lacks'] : []),
    ]
    it(`${what.join(', ')}: the value, and the gradient by finite differences`, async () => {
      const { positions, given } = caseOf(setting)
      const oracle = oracles[loss]
      const wanted = { value: oracle(positions, options), gradient: differentiate(oracle, positions, options) }
      const got = await evaluate(tf, given)
      expectClose(got, wanted, 1e-4)
      const ignored = positions.flatMap(({ counts, outputs }) => outputs.map(() => !counts))
      expect(got.gradient.filter((_, i) => ignored[i])).to.satisfy((left: number[]) => left.every(value => value === 0))
    })
  }

  const everything = Object.keys(oracles) as (keyof typeof oracles)[]
  for (const loss of everything) {
    it(`${loss} of a batch that is ignored altogether is 0, and so is its gradient`, async () => {
      const { given } = caseOf({ loss, targets: new Array(size).fill(IGNORE), options: { weights } })
      for (const { value, gradient } of Object.values(await evaluateBoth(tf, given))) {
        expect(value).to.be.closeTo(0, 1e-6)
        for (const each of gradient) expect(Math.abs(each)).to.equal(0)
      }
    })
  }

  for (const loss of everything) {
    for (const classes of [1, 3]) {
      it(`${loss} of ${classes === 1 ? 'one output' : 'three outputs'} is finite, and so is its gradient, where predictions are sure and wrong`, async () => {
        const { given } = caseOf({ loss, classes, targets: classes === 1 ? single : some })
        const outputs = new NdArray(given.outputs.data.map(value => 1e4 * Math.sign(value)) as Float32Array, given.outputs.shape)
        const { value, gradient } = await evaluate(tf, { ...given, outputs })
        for (const each of [value, ...gradient]) expect(each).to.satisfy(Number.isFinite)
      })
    }
  }

  // One mask of 2 × 2: classes 0, 1, 1 and a pixel that is ignored; probabilities of class 1: ¼, ½, ⅘, and anything.
  const byHand = {
    ce: -Math.log(0.75 * 0.5 * 0.8) / 3,
    focal: -(Math.log(0.75) / 16 + Math.log(0.5) / 4 + Math.log(0.8) / 25) / 3,
    // Class 0: targets 1, probabilities ¾ + ½ + ⅕, both ¾. Class 1: targets 2, probabilities ¼ + ½ + ⅘, both ½ + ⅘.
    dice: 1 - (1.5 / 2.45 + 2.6 / 3.55) / 2,
    jaccard: 1 - (0.75 / 1.7 + 1.3 / 2.25) / 2,
    tversky: 1 - (0.75 / (0.75 + 0.3 * 0.7 + 0.7 * 0.25) + 1.3 / (1.3 + 0.3 * 0.25 + 0.7 * 0.7)) / 2,
    // Errors ½, ¼, ⅕. The loss of class 0 grows by ½, ½, 0, that of class 1 by ½, ⅙, ⅓.
    lovasz: (0.5 / 2 + 0.25 / 2 + (0.5 / 2 + 0.25 / 6 + 0.2 / 3)) / 2,
  }
  for (const [loss, wanted] of Object.entries(byHand)) {
    it(`${loss} of a mask of four pixels is what is computed by hand, from logits and from probabilities`, async () => {
      const proba = [0.75, 0.25, 0.5, 0.5, 0.2, 0.8, 0.9, 0.1]
      const targets = new NdArray(Uint8Array.from([0, 1, 1, IGNORE]), [1, 2, 2])
      for (const [outputKind, numbers] of [
        ['linear', proba.map(Math.log)],
        ['softmax', proba],
      ] as const) {
        const outputs = new NdArray(Float32Array.from(numbers), [1, 2, 2, 2])
        const { value } = await evaluate(tf, { loss, outputs, outputKind, targets, ignore: IGNORE })
        expect(value).to.be.closeTo(wanted, 1e-6)
      }
    })
  }
})
