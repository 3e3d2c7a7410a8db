/** Sessions end when nobody can use them any more, and values are fetched only when somebody wants them. */

import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect } from 'chai'
import { type Binding, nodeBackend } from '../../../src/graph/backend.js'
import { Programs } from '../../../src/graph/session/programs.js'
import { compile, compileModel } from '../../../src/graph.js'
import { ResNet } from '../../../src/models.js'
import { batch, small } from '../../models/small.js'
import { read, scalar, type Tensor, tf, type Variable } from '../semantics/support.js'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const names = ['loadSavedModel', 'deleteSavedModel', 'runSavedModel'] as const
type Counts = Record<(typeof names)[number], number>
let counts: Counts

/** The addon, with its calls counted. */
function counting(binding: Binding): Binding {
  const counted = names.map(name => {
    const call = (...args: never[]) => {
      counts[name]++
      return (binding[name] as (...args: never[]) => unknown).apply(binding, args)
    }
    return [name, { value: call }] as const
  })
  return Object.create(binding, Object.fromEntries(counted))
}

/** Counts the addon's calls meanwhile. */
async function callsOf(work: () => unknown): Promise<Counts> {
  counts = { loadSavedModel: 0, deleteSavedModel: 0, runSavedModel: 0 }
  await work()
  return counts
}

const stepOf = (v: Variable) => compile(() => tf.tidy(() => void v.assign(tf.add(v, 1))))

async function collectAll(): Promise<void> {
  for (let i = 0; i < 5; i++) {
    await new Promise(resolve => setTimeout(resolve, 10))
    collect()
  }
}

describe('sessions of compiled functions', () => {
  const backend = nodeBackend(tf) as { binding: Binding }
  const { binding } = backend
  before(() => {
    backend.binding = counting(binding)
  })
  after(() => {
    backend.binding = binding
  })

  it('of functions that are garbage are freed, once the variables’ values have been read', async () => {
    const v = tf.variable(scalar(0))
    const { loadSavedModel, deleteSavedModel } = await callsOf(async () => {
      for (let i = 0; i < 5; i++) {
        stepOf(v)()
        expect(read(v)).to.equal(i + 1)
      }
      await collectAll()
    })
    expect(loadSavedModel).to.equal(5)
    expect(deleteSavedModel).to.be.at.least(4)
  })

  it('of a function that is garbage lives while its variables have their values there', async () => {
    const v = tf.variable(scalar(0))
    stepOf(v)()
    await collectAll()
    expect(read(v)).to.equal(1)
  })

  it('end with dispose; the values are fetched in one run, and none if nobody has the variables', async () => {
    const [v, w] = [tf.variable(scalar(0)), tf.variable(scalar(0))]
    const step = compile(() =>
      tf.tidy(() => {
        for (const each of [v, w]) each.assign(tf.add(each, 1))
      }),
    )
    step()
    expect(await callsOf(() => step.dispose())).to.deep.equal({ loadSavedModel: 0, deleteSavedModel: 1, runSavedModel: 1 })
    expect([read(v), read(w)]).to.deep.equal([1, 1])
    step()
    tf.dispose([v, w])
    expect(await callsOf(() => step.dispose())).to.deep.equal({ loadSavedModel: 0, deleteSavedModel: 1, runSavedModel: 0 })
  })

  it('run once a step, whatever happens between that does not read', async () => {
    const v = tf.variable(scalar(0))
    const step = stepOf(v)
    step()
    const calls = await callsOf(() => {
      for (let i = 0; i < 3; i++) {
        tf.clone(v).dispose()
        step()
      }
    })
    expect(calls).to.deep.equal({ loadSavedModel: 0, deleteSavedModel: 0, runSavedModel: 3 })
    expect(await callsOf(() => [read(v), read(v)])).to.deep.equal({ loadSavedModel: 0, deleteSavedModel: 0, runSavedModel: 1 })
  })

  it('hold every version of a function; a new one makes the session anew', async () => {
    const step = compile((x: Tensor) => tf.neg(x))
    const calls = await callsOf(() => {
      for (const size of [1, 2, 1, 2, 3, 1]) step(tf.ones([size]))
    })
    expect(calls).to.deep.equal({ loadSavedModel: 3, deleteSavedModel: 2, runSavedModel: 6 })
  })

  it('hold the first versions of a function; each later one has its own, and shares the variables', async () => {
    const v = tf.variable(scalar(0))
    const step = compile((x: Tensor) =>
      tf.tidy(() => {
        v.assign(tf.add(v, tf.sum(x)))
        return tf.add(v, x)
      }),
    )
    const sizes = [1, 2, 3, 4, 5, 6, 7]
    const calls: Counts[] = []
    for (const size of sizes) calls.push(await callsOf(() => step(tf.ones([size]))))
    expect(calls.map(({ loadSavedModel }) => loadSavedModel)).to.deep.equal(sizes.map(() => 1))
    expect(calls.map(({ deleteSavedModel }) => deleteSavedModel)).to.deep.equal([0, 1, 1, 1, 0, 0, 0])
    expect(read(v)).to.equal(28)
    const again = await callsOf(() => {
      for (const size of [7, 1, 6, 6]) step(tf.ones([size]))
    })
    expect(again).to.include({ loadSavedModel: 0, deleteSavedModel: 0 })
    expect(read(v)).to.equal(48)
    v.assign(scalar(1))
    expect(Array.from(step(tf.ones([2])).dataSync())).to.deep.equal([4, 4])
    expect(await callsOf(() => step.dispose())).to.include({ loadSavedModel: 0, deleteSavedModel: 4 })
    expect(read(v)).to.equal(3)
  })

  it('are not made for more operations than fit in memory: such a version is refused', () => {
    const programs = new Programs(tf)
    const traced = { variables: new Map(), inputs: [], hosts: [], effects: [] } as never
    const graph = (nodes: number) => ({ nodes: Array(nodes), variables: [], outputs: [], updates: [], checks: [] }) as never
    programs.add('f', traced, graph(60_000))
    expect(() => programs.add('f', traced, graph(60_000))).to.throw(/100000 operations/)
    programs.remove(1)
    programs.add('f', traced, graph(60_000))
  })

  it('hold data that a function closes over, which do not go through the graph’s file', async () => {
    const data = Float32Array.from({ length: 70_000 }, (_, i) => i % 7)
    const x = tf.tensor1d(data)
    let bytes = 0
    const counted = backend.binding
    const loadSavedModel = (folder: string, tags: string) => {
      bytes = statSync(join(folder, 'saved_model.pb')).size
      return counted.loadSavedModel(folder, tags)
    }
    backend.binding = Object.create(counted, { loadSavedModel: { value: loadSavedModel } })
    const fn = compile((s: Tensor) => tf.sum(tf.mul(tf.mul(x, s), tf.tensor1d(data))))
    const sum = data.reduce((total, value) => total + value * value, 0)
    await callsOf(() => {
      for (const factor of [1, 2]) expect(fn(scalar(factor)).dataSync()[0]! / (factor * sum)).to.be.closeTo(1, 1e-5)
      x.dispose()
      expect(fn(tf.ones([1])).dataSync()[0]! / sum).to.be.closeTo(1, 1e-5)
    })
    backend.binding = counted
    expect(bytes).to.be.within(100, 20_000)
    fn.dispose()
  })

  it('keep no large data of a variable that has changed since', () => {
    const v = tf.variable(tf.range(0, 70_000))
    const step = compile(() => void v.assign(tf.add(v, 1)))
    step()
    for (let i = 1; i < 4; i++) {
      const copy = tf.clone(v)
      const last = compile((s: Tensor) => tf.add(tf.slice(copy, [69_999], [1]), s))
      expect(last(scalar(0)).dataSync()[0]).to.equal(69_999 + i)
      last.dispose()
      copy.dispose()
      step()
    }
    step.dispose()
  })

  it('are not made for each length of sequences that keep growing', async () => {
    const model = tf.sequential({ layers: [tf.layers.globalAveragePooling1d({ inputShape: [null, 3] })] })
    const lengths = Array.from({ length: 12 }, (_, i) => i + 1)
    const wanted = lengths.map(length => Array.from((model.predict(tf.ones([1, length, 3])) as Tensor).dataSync()))
    compileModel(model)
    const predict = () => lengths.map(length => Array.from((model.predict(tf.ones([1, length, 3])) as Tensor).dataSync()))
    const seen: number[][][] = []
    const counted = [await callsOf(() => seen.push(predict())), await callsOf(() => seen.push(predict()))]
    expect(counted.map(({ loadSavedModel }) => loadSavedModel)).to.deep.equal([8, 4])
    for (const values of seen)
      for (const [i, row] of values.entries()) for (const [j, value] of row.entries()) expect(value).to.be.closeTo(wanted[i]![j]!, 1e-5)
    model.dispose()
  })

  it('of a model end when it is disposed, without a fetch of what nobody has any more', async () => {
    const net = await ResNet.build(small, { name: 'net', seed: 1 })
    await net.train(batch(6, 1))
    const disposed = await callsOf(async () => {
      net.dispose()
      await Promise.resolve()
    })
    expect(disposed).to.deep.equal({ loadSavedModel: 0, deleteSavedModel: 1, runSavedModel: 0 })
    const model = compileModel(tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] }))
    model.compile({ loss: 'meanSquaredError', optimizer: 'sgd' })
    await model.trainOnBatch(tf.ones([3, 2]), tf.ones([3, 1]))
    expect(await callsOf(() => model.dispose())).to.deep.equal({ loadSavedModel: 0, deleteSavedModel: 1, runSavedModel: 0 })
  })

  it('forget a version that is out of date', async () => {
    const optimizer = tf.train.momentum(0.1, 0.9) as unknown as { useNesterov: boolean; minimize(f: () => unknown): unknown }
    const v = tf.variable(scalar(1))
    const step = compile(() => void optimizer.minimize(() => tf.square(v)))
    step()
    optimizer.useNesterov = true
    expect(await callsOf(() => step())).to.include({ loadSavedModel: 1, deleteSavedModel: 1 })
    expect(await callsOf(() => step())).to.include({ loadSavedModel: 0, deleteSavedModel: 0, runSavedModel: 1 })
    v.dispose()
  })
})
