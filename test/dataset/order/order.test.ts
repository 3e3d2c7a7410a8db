import { expect } from 'chai'
import fc from 'fast-check'
import { openOrder } from '../../../src/dataset/index.js'
import type { BatchOrder, IterateOptions, OrderState } from '../../../src/pipeline/index.js'
import { describeValue } from '../../../src/util/describe-value.js'
import { deriveSeed, permutation } from '../../../src/util/seeds.js'
import { errorOf } from '../error-of.js'

const drain = (order: BatchOrder, most = 1000) => {
  const batches: number[][] = []
  for (let batch = order.next(); batch && batches.length < most; batch = order.next()) batches.push([...batch])
  return batches
}
const walk = (length: number, options: IterateOptions, seed = 0) => drain(openOrder(length, options, seed))

const reversed = (order: Uint32Array) => order.reverse()
const rotated = (order: Uint32Array, epoch: number) => Array.from(order, i => (i + epoch) % order.length)

/** What a walk must give, reckoned from whole epochs: slow and plain. */
function naiveWalk(length: number, { batchSize, shuffle, tail = 'wrap', epochs, iterations }: IterateOptions, most: number): number[][] {
  const order = (epoch: number): number[] => {
    const plain = Uint32Array.from({ length }, (_, i) => i)
    if (typeof shuffle === 'function') return Array.from(shuffle(plain, epoch))
    return shuffle === false ? [...plain] : [...permutation(deriveSeed(shuffle === true ? 0 : shuffle!, 'order', epoch), length)]
  }
  const count = epochs ?? (epochs === null || iterations != null ? most + 1 : 1)
  const all = Array.from({ length: count }, (_, epoch) => order(epoch))
  const pieces = tail === 'wrap' ? [all.flat()] : all
  const batches = pieces.flatMap(items =>
    Array.from({ length: Math.ceil(items.length / batchSize) }, (_, i) => items.slice(i * batchSize, (i + 1) * batchSize)),
  )
  return batches.filter(batch => tail !== 'drop' || batch.length === batchSize).slice(0, iterations ?? most)
}

describe('openOrder', () => {
  describe('gives the sequences BatchFlow gives', () => {
    const rows: readonly (readonly [length: number, options: IterateOptions, batches: number[][]])[] = [
      [4, { batchSize: 3, epochs: 1 }, [[0, 1, 2], [3]]],
      [
        4,
        { batchSize: 3, epochs: 2 },
        [
          [0, 1, 2],
          [3, 0, 1],
          [2, 3],
        ],
      ],
      [
        4,
        { batchSize: 3, epochs: 2, dropLast: true },
        [
          [0, 1, 2],
          [0, 1, 2],
        ],
      ],
      [
        4,
        { batchSize: 2, epochs: 1 },
        [
          [0, 1],
          [2, 3],
        ],
      ],
      [
        4,
        { batchSize: 2, epochs: 1, dropLast: true },
        [
          [0, 1],
          [2, 3],
        ],
      ],
      [
        5,
        { batchSize: 2, iterations: 3 },
        [
          [0, 1],
          [2, 3],
          [4, 0],
        ],
      ],
      [
        5,
        { batchSize: 2, iterations: 4, dropLast: true },
        [
          [0, 1],
          [2, 3],
          [0, 1],
          [2, 3],
        ],
      ],
      [
        4,
        { batchSize: 4, iterations: 2 },
        [
          [0, 1, 2, 3],
          [0, 1, 2, 3],
        ],
      ],
      [
        4,
        { batchSize: 3, epochs: 2, tail: 'drop' },
        [
          [0, 1, 2],
          [0, 1, 2],
        ],
      ],
      [4, { batchSize: 3, epochs: 2, tail: 'short' }, [[0, 1, 2], [3], [0, 1, 2], [3]]],
      [4, { batchSize: 3, iterations: 3, tail: 'short' }, [[0, 1, 2], [3], [0, 1, 2]]],
      [
        4,
        { batchSize: 2, epochs: 1, tail: 'short' },
        [
          [0, 1],
          [2, 3],
        ],
      ],
      [1, { batchSize: 1, epochs: 3 }, [[0], [0], [0]]],
      [3, { batchSize: 2 }, [[0, 1], [2]]],
    ]
    for (const [length, options, batches] of rows) {
      it(`${length} items, ${JSON.stringify(options)}`, () => {
        expect(walk(length, options)).to.deep.equal(batches)
        expect(openOrder(length, options, 0).total).to.equal(batches.length)
      })
    }
    it('5 items, batches of 2, 3 epochs: seven of 2 and one of 1', () => {
      expect(walk(5, { batchSize: 2, epochs: 3 }).map(batch => batch.length)).to.deep.equal([2, 2, 2, 2, 2, 2, 2, 1])
    })
  })

  it('is endless with epochs: null or iterations: null, one epoch with neither', () => {
    for (const options of [{ epochs: null }, { iterations: null }, { epochs: null, iterations: null }]) {
      const order = openOrder(4, { batchSize: 3, ...options }, 0)
      expect(order.total).to.equal(null)
      expect(drain(order, 500).flat()).to.deep.equal(Array.from({ length: 1500 }, (_, i) => i % 4))
      expect(order.state.done).to.equal(false)
    }
    expect(openOrder(4, { batchSize: 3 }, 0).total).to.equal(2)
    expect(openOrder(4, { batchSize: 3, epochs: null, iterations: 5 }, 0).total).to.equal(5)
  })

  it('stays at its end', () => {
    const order = openOrder(4, { batchSize: 3 }, 0)
    drain(order)
    expect([order.next(), order.next(), order.state.done, order.state.produced]).to.deep.equal([undefined, undefined, true, 2])
  })

  it('an epoch of a shuffled order is the permutation of (seed, epoch), whatever the batch size', () => {
    for (const batchSize of [1, 3, 7, 10]) {
      const items = walk(10, { batchSize, shuffle: 2, epochs: 3 }, 99).flat()
      const expected = [0, 1, 2].flatMap(epoch => [...permutation(deriveSeed(2, 'order', epoch), 10)])
      expect(items).to.deep.equal(expected)
    }
  })

  it('shuffle: true takes the seed of the run, a number is a seed of its own, 0 too, false keeps the order', () => {
    const items = (shuffle: boolean | number, seed: number) => walk(20, { batchSize: 20, shuffle }, seed).flat()
    expect(items(true, 5)).to.deep.equal(items(5, 1))
    expect(items(5, 1)).to.deep.equal(items(5, 2))
    expect(items(true, 5)).not.to.deep.equal(items(true, 6))
    expect(items(0, 1)).to.deep.equal(items(true, 0))
    expect(items(0, 1)).not.to.deep.equal(items(false, 0))
    expect(items(false, 5)).to.deep.equal(Array.from({ length: 20 }, (_, i) => i))
  })

  describe('goes on from a saved state', () => {
    const options = fc
      .record({
        length: fc.integer({ min: 1, max: 12 }),
        size: fc.nat(),
        shuffle: fc.oneof(fc.boolean(), fc.nat(), fc.constantFrom(reversed, rotated)),
        tail: fc.constantFrom('wrap', 'drop', 'short'),
        limit: fc.oneof(
          fc.record({ epochs: fc.integer({ min: 1, max: 4 }) }),
          fc.record({ iterations: fc.integer({ min: 1, max: 15 }) }),
          fc.constant({ epochs: null }),
        ),
      })
      .map(({ length, size, shuffle, tail, limit }) => ({
        length,
        options: { batchSize: 1 + (size % length), shuffle, tail, ...limit } as IterateOptions,
      }))

    it('gives what a plain model gives', () => {
      fc.assert(
        fc.property(options, ({ length, options }) => {
          expect(drain(openOrder(length, options, 0), 30).slice(0, 30)).to.deep.equal(naiveWalk(length, options, 30))
        }),
      )
    })

    it('any sequence of next, save and restore (through JSON) gives one order', () => {
      fc.assert(
        fc.property(options, fc.nat(), fc.array(fc.boolean(), { maxLength: 40 }), ({ length, options }, seed, restores) => {
          const straight = openOrder(length, options, seed)
          let broken = openOrder(length, options, seed)
          for (const restore of restores) {
            if (restore) broken = openOrder(length, options, seed, JSON.parse(JSON.stringify(broken.state)) as OrderState)
            expect(broken.state).to.deep.equal(straight.state)
            expect(broken.total).to.equal(straight.total)
            expect(broken.next()).to.deep.equal(straight.next())
          }
        }),
      )
    })

    it('an old state can be restored again and again: a state is a value', () => {
      const order = openOrder(7, { batchSize: 3, shuffle: 1, epochs: null }, 0)
      order.next()
      const saved = order.state
      const first = drain(order, 5)
      expect(drain(openOrder(7, { batchSize: 3, shuffle: 1, epochs: null }, 0, saved), 5)).to.deep.equal(first)
    })

    it('also far into an endless order, without walking there', () => {
      const state: OrderState = { epoch: 2 ** 40, position: 3, produced: 2 ** 41, done: false }
      const order = openOrder(5, { batchSize: 4, shuffle: 1, epochs: null }, 0, state)
      const epoch = (e: number) => [...permutation(deriveSeed(1, 'order', e), 5)]
      expect([...order.next()!]).to.deep.equal([...epoch(2 ** 40).slice(3), ...epoch(2 ** 40 + 1).slice(0, 2)])
    })

    it('with other options: by the new ones from there', () => {
      const order = openOrder(10, { batchSize: 4, epochs: 1 }, 0)
      drain(order)
      const more = openOrder(10, { batchSize: 5, epochs: 2 }, 0, order.state)
      expect(more.total).to.equal(5)
      expect(drain(more)).to.deep.equal([
        [0, 1, 2, 3, 4],
        [5, 6, 7, 8, 9],
      ])
      const dropping = openOrder(10, { batchSize: 6, epochs: 2, dropLast: true }, 0, { epoch: 0, position: 5, produced: 1, done: false })
      expect([dropping.total, drain(dropping)]).to.deep.equal([2, [[0, 1, 2, 3, 4, 5]]])
      const fewer = openOrder(10, { batchSize: 5, epochs: 2 }, 0, { epoch: 4, position: 5, produced: 9, done: false })
      expect([fewer.total, drain(fewer)]).to.deep.equal([9, []])
    })

    for (const state of [
      {},
      null,
      { epoch: 0, position: 5, produced: 0, done: false },
      { epoch: -1, position: 0, produced: 0, done: false },
      { epoch: 0, position: 0.5, produced: 0, done: false },
      { epoch: 0, position: 0, produced: Number.NaN, done: false },
      { epoch: 0, position: 0, produced: 0 },
    ]) {
      it(`refuses ${JSON.stringify(state)}`, () => {
        const { code, message } = errorOf(() => openOrder(5, { batchSize: 2 }, 0, state as OrderState))
        expect([code, message.split('. ')[1]]).to.deep.equal(['order-state', `Seen: ${describeValue(state)}`])
      })
    }
  })

  it('all epochs hold every item once; the total is right', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.nat(), fc.integer({ min: 1, max: 4 }), fc.nat(), (length, size, epochs, shuffle) => {
        const options = { batchSize: 1 + (size % length), epochs, shuffle }
        const batches = walk(length, options)
        expect(batches.length).to.equal(openOrder(length, options, 0).total)
        for (let e = 0; e < epochs; e++) {
          const epoch = batches.flat().slice(e * length, (e + 1) * length)
          expect(epoch.sort((a, b) => a - b)).to.deep.equal(Array.from({ length }, (_, i) => i))
        }
      }),
    )
  })

  it('batches are the caller’s: writing into one changes no later one', () => {
    const order = openOrder(6, { batchSize: 3, shuffle: 4, epochs: 2 }, 0)
    const expected = walk(6, { batchSize: 3, shuffle: 4, epochs: 2 })
    for (const batch of expected) {
      const got = order.next()!
      expect([...got]).to.deep.equal(batch)
      got.fill(0)
    }
  })

  it('a tail and a dropLast that say the same may both be written', () => {
    for (const options of [
      { tail: 'drop', dropLast: true },
      { tail: 'short', dropLast: false },
      { tail: 'wrap', dropLast: false },
    ] as const) {
      expect(walk(3, { batchSize: 2, ...options })).to.deep.equal(walk(3, { batchSize: 2, tail: options.tail }))
    }
  })

  describe('refuses', () => {
    const rows: readonly (readonly [what: string, options: object, code: string, words: RegExp])[] = [
      ['a batch larger than the dataset', { batchSize: 6 }, 'batch-too-large', /batchSize 6 for 5 items.*1 … 5/],
      ['both epochs and iterations', { batchSize: 2, epochs: 1, iterations: 2 }, 'epochs-and-iterations', /epochs 1, iterations 2/],
      ['no batch size', {}, 'missing-argument', /needs batchSize/],
      ['batch size 0', { batchSize: 0 }, 'wrong-value', /batchSize .*0.*an integer of at least 1/],
      ['batch size NaN', { batchSize: Number.NaN }, 'wrong-value', /NaN/],
      ['batch size 1.5', { batchSize: 1.5 }, 'wrong-value', /1\.5/],
      ['batch size as text', { batchSize: '3' }, 'wrong-value', /"3"/],
      ['epochs 0', { batchSize: 2, epochs: 0 }, 'wrong-value', /epochs .*null for endless/],
      ['epochs Infinity', { batchSize: 2, epochs: Number.POSITIVE_INFINITY }, 'wrong-value', /Infinity/],
      ['iterations -1', { batchSize: 2, iterations: -1 }, 'wrong-value', /iterations .*-1.*null for no limit/],
      ['a negative shuffle seed', { batchSize: 2, shuffle: -2 }, 'wrong-value', /shuffle/],
      ["dropLast: 'epoch'", { batchSize: 2, dropLast: 'epoch' }, 'wrong-value', /dropLast/],
      ['a tail that is none', { batchSize: 2, tail: 'glue' }, 'wrong-value', /tail .*"glue".*wrap, drop or short/],
      ['a tail that dropLast denies', { batchSize: 2, tail: 'short', dropLast: true }, 'tail-and-drop-last', /short, dropLast true/],
      ['drop and dropLast: false', { batchSize: 2, tail: 'drop', dropLast: false }, 'tail-and-drop-last', /drop, dropLast false/],
      ['a shuffle that is text', { batchSize: 2, shuffle: 'yes' }, 'wrong-value', /a function \(order, epoch\)/],
    ]
    for (const [what, options, code, words] of rows) {
      it(what, () => {
        const error = errorOf(() => openOrder(5, options as IterateOptions, 0))
        expect([error.code, words.test(error.message)], error.message).to.deep.equal([code, true])
      })
    }
    it('a seed that is none', () => {
      const { code, message } = errorOf(() => openOrder(5, { batchSize: 2, shuffle: true }, Number.NaN))
      expect([code, /seed .*NaN.*an integer of at least 0/.test(message)], message).to.deep.equal(['wrong-value', true])
    })
  })
})
