/**
 * Random networks train, evaluate and predict compiled as they do without, and nothing falls back or leaks. `MILLRACE_FUZZ=500` tries as
 * many; `MILLRACE_FUZZ=seed:17,230` tries these.
 */
import { expect } from 'chai'
import { compileModel, uncompileModel } from '../../../src/graph.js'
import { deviation, type Named } from '../parity/compare.js'
import { tf, warningsOf } from '../semantics/support.js'
import { type Net, netOf } from './nets.js'
import { choicesOf, seedsFrom } from './random.js'

/** What rounding may do in three steps. */
const WITHIN = 1e-3
const PER_TEST = 20

type Played = { readonly numbers: readonly Named[]; readonly tensors: readonly number[] } | { readonly error: string }

const values = (name: string, tensor: { dataSync(): ArrayLike<number> }): Named => ({ name, values: Array.from(tensor.dataSync()) })

/** Three steps, an evaluation, a prediction; `disturb` moves the weights a little before. */
async function play({ model, x, y }: Net, disturb = 0): Promise<Played> {
  const numbers: Named[] = []
  const tensors: number[] = []
  try {
    if (disturb > 0) tf.tidy(() => model.setWeights(model.getWeights().map(weight => tf.mul(weight, 1 + disturb))))
    for (let i = 0; i < 3; i++) {
      numbers.push({ name: `step ${i}`, values: [await model.trainOnBatch(x, y)].flat() as number[] })
      tensors.push(tf.memory().numTensors)
    }
    tf.tidy(() => {
      numbers.push(...[model.evaluate(x, y)].flat().map((loss, i) => values(`evaluation ${i}`, loss)))
      numbers.push(values('prediction', model.predict(x) as never))
      numbers.push(...model.getWeights().map((weight, i) => values(`weight ${i}`, weight)))
    })
    return { numbers, tensors }
  } catch (error) {
    return { error: String((error as Error).message).split('\n')[0]! }
  }
}

function free({ model, x, y }: Net): void {
  uncompileModel(model)
  model.dispose()
  tf.dispose([x, y])
}

/** How many networks were tried, and how many of them tfjs itself does not train. */
const counts = { tried: 0, failed: 0 }

/** What differs, compiled, for the network of a seed; undefined if nothing. */
async function difference(seed: number): Promise<string | undefined> {
  const eager = netOf(seed)
  const wanted = await play(eager)
  free(eager)
  const net = netOf(seed)
  compileModel(net.model)
  let got: Played = { error: '' }
  const warnings = await warningsOf(async () => {
    got = await play(net)
  })
  free(net)
  const where = `seed ${seed}: ${net.words}`
  // What fails in tfjs fails compiled, too, or works.
  counts.tried++
  if ('error' in wanted) {
    counts.failed++
    return undefined
  }
  if ('error' in got) return `${where}: ${(got as { error: string }).error}`
  if (warnings.length > 0) return `${where}: ${warnings}`
  const { numbers, tensors } = got as Extract<Played, { numbers: unknown }>
  if (tensors[1] !== tensors[2]) return `${where}: tensors ${tensors}`
  const finite = wanted.numbers.every(({ values }) => Array.from(values).every(Number.isFinite))
  if (!finite) return undefined
  const { off, where: at } = deviation(numbers, wanted.numbers)
  if (off < WITHIN) return undefined
  // A network whose numbers move as much when its weights are moved by a millionth is chaotic.
  const moved = netOf(seed)
  const other = await play(moved, 1e-6)
  free(moved)
  if (!('error' in other) && deviation(other.numbers, wanted.numbers).off > off / 20) return undefined
  return `${where}: ${at} is off by ${off}`
}

describe('random networks, compiled', () => {
  const seeds = seedsFrom(process.env.MILLRACE_FUZZ, 40)
  for (let i = 0; i < seeds.length; i += PER_TEST) {
    const some = seeds.slice(i, i + PER_TEST)
    it(`are as without: seeds ${some[0]} to ${some.at(-1)}`, async function () {
      this.timeout(600_000)
      const differences: string[] = []
      for (const seed of some) differences.push((await difference(seed)) ?? '')
      expect(differences.filter(text => text !== '')).to.deep.equal([])
    })
  }

  it('are the same for the same seed, and most can be trained', async () => {
    expect(choicesOf(3).int(1000)).to.equal(choicesOf(3).int(1000))
    const words = [0, 0, 1].map(seed => {
      const net = netOf(seed)
      free(net)
      return net.words
    })
    expect(words[0]).to.equal(words[1])
    expect(words[0]).not.to.equal(words[2])
    expect(counts.failed).to.be.at.most(counts.tried / 4)
  })
})
