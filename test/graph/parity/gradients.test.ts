/** Gradients that a compiled function gives are those of tfjs. */
import { expect } from 'chai'
import { loadTensorflow } from '../../../src/graph/tensorflow.js'
import { compile } from '../../../src/graph.js'
import { expectSame, type Named, seeCompiled } from './compare.js'
import { parityModels } from './models.js'
import { type Batch, type Model, makeBatch, type ParityModel, setNumbers, type Tensor, type Tf } from './parity-model.js'

type Gradients = { readonly loss: Tensor; readonly gradients: readonly Tensor[] }
type Variable = ReturnType<Tf['variable']>

const variablesOf = (model: Model) => model.trainableWeights.map(weight => (weight as unknown as { val: Variable }).val)

/** A loss that every number of every output has its own part in, and its gradients. */
function gradientsOf(tf: Tf, model: Model, x: Tensor[], y: Tensor[]): Gradients {
  const variables = variablesOf(model)
  const { value: loss, grads } = tf.variableGrads(() => {
    const outputs = [model.apply(x.length === 1 ? x[0]! : x, { training: true })].flat() as Tensor[]
    return tf.addN(outputs.map((output, i) => tf.mean(tf.square(tf.sub(output, y[i]!))))) as never
  }, variables)
  return { loss, gradients: variables.map(({ name }) => grads[name]!) }
}

/** Reads what a function gives and frees it. */
function read(tf: Tf, work: () => Gradients): Named[] {
  const { loss, gradients } = work()
  const named = [{ name: 'loss', values: loss.dataSync() }]
  named.push(...gradients.map((gradient, i) => ({ name: `gradient ${i}`, values: gradient.dataSync() })))
  tf.dispose([loss, ...gradients])
  return named
}

async function compare(tf: Tf, row: ParityModel, model: Model, { x, y }: Batch) {
  setNumbers(tf, model)
  const wanted = read(tf, () => gradientsOf(tf, model, x, y))
  // The averages that the pass moved are given their numbers again.
  setNumbers(tf, model)
  const compiledStep = compile((...given: [Tensor[], Tensor[]]) => gradientsOf(tf, model, ...given), { name: row.name })
  const { result: got, compiled } = await seeCompiled(async () => read(tf, () => compiledStep(x, y)))
  compiledStep.dispose()
  return { wanted, got, compiled }
}

describe('gradients of a compiled function are those of tfjs', () => {
  let tf: Tf
  before(async () => {
    tf = await loadTensorflow()
  })

  for (const row of parityModels) {
    it(row.name, async () => {
      const model = row.build(tf)
      const batch = makeBatch(tf, model, row, 3)
      const { wanted, got, compiled } = await compare(tf, row, model, batch)
      tf.dispose([batch.x, batch.y])
      model.dispose()
      expect(compiled).to.deep.equal([row.name])
      expectSame(got, wanted, row.kink)
    })
  }
})
