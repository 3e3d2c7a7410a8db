/** Sessions end when nobody can use them any more, and values are fetched only when somebody wants them. */

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect } from 'chai'
import { type Binding, nodeBackend } from '../../../src/graph/backend.js'
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

const stepOf = (v: Variable) => compile(() => void v.assign(tf.add(v, 1)))

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
    const step = compile(() => {
      for (const each of [v, w]) each.assign(tf.add(each, 1))
    })
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
