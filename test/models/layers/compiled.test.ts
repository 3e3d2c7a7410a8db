/** Layers compiled compute what they compute operation by operation. */
import { expect } from 'chai'
import { inferOutputs } from '../../../src/graph/ir/infer.js'
import { compile, loadTensorflow, watchStages } from '../../../src/graph.js'
import type { Tensor, Tf } from '../../../src/models/tf-types.js'
import { expectClose, numbersOf, warningsOf } from '../../graph/semantics/support.js'
import { buildLayer, fillWeights, inputsOf, passOf, variableOf } from './build.js'
import { samples } from './samples.js'

const names = Object.keys(samples)
const PER_GRAPH = 15

/** A layer's prediction, gradients in training and a step against them. */
function playerOf(tf: Tf, name: string) {
  const sample = samples[name]!
  const built = buildLayer(tf, sample)
  const { model, layer } = built
  const inputs = inputsOf(tf, name, sample.inputs)
  const kept = layer.nonTrainableWeights.map(weight => ({ weight, first: tf.clone(weight.read()) }))
  return {
    reset: () => {
      fillWeights(built, name)
      for (const { weight, first } of kept) weight.write(first)
    },
    step: () => {
      const predicted = model.predict(inputs.length === 1 ? inputs[0]! : inputs) as Tensor
      const { output, ...gradients } = passOf(built, name, inputs, true)
      const ofWeights = Object.values(gradients).slice(inputs.length)
      for (const [i, weight] of layer.trainableWeights.entries()) {
        variableOf(weight).assign(tf.sub(weight.read(), tf.mul(ofWeights[i]!, 0.1)) as never)
      }
      return { predicted, output, ...gradients }
    },
    weights: () => layer.weights.map(weight => numbersOf(weight.read())),
    dispose: () => {
      model.dispose()
      tf.dispose([inputs, kept.map(({ first }) => first)])
    },
  }
}

describe('layers, compiled', () => {
  for (const chunk of Array.from({ length: Math.ceil(names.length / PER_GRAPH) }, (_, i) =>
    names.slice(i * PER_GRAPH, (i + 1) * PER_GRAPH),
  )) {
    it(`${chunk.join('; ')}: prediction, gradients and steps of training as operation by operation`, async () => {
      const tf = await loadTensorflow()
      const players = Object.fromEntries(chunk.map(name => [name, playerOf(tf, name)]))
      const all = <T>(work: (player: ReturnType<typeof playerOf>) => T) =>
        Object.fromEntries(Object.entries(players).map(([name, player]) => [name, work(player)]))
      const step = () => all(player => player.step())
      const play = (run: () => unknown) => {
        all(player => player.reset())
        return [numbersOf(run()), numbersOf(run()), numbersOf(run()), all(player => player.weights())]
      }
      const wanted: unknown = JSON.parse(tf.tidy(() => ({ numbers: JSON.stringify(play(step)) })).numbers)
      const compiled = compile(step)
      const unknown = new Set<string>()
      const unwatch = watchStages((_name, _stage, { nodes }) => {
        for (const { op, attributes, inputs } of nodes) if (inputs.length > 0 && !inferOutputs(op, attributes, inputs)) unknown.add(op)
      })
      let got: unknown
      const warnings = await warningsOf(() => {
        got = play(compiled)
      })
      unwatch()
      expectClose(got, wanted)
      expect(warnings).to.deep.equal([])
      // Shapes of all operations are known by a rule.
      expect([...unknown]).to.deep.equal([])
      compiled.dispose()
      all(player => player.dispose())
    })
  }
})
