/** What becomes of a tiny training step: recorded, after each pass, and in TensorFlow's form. `MILLRACE_UPDATE=1` writes the snapshots anew. */

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { Emitter } from '../../../src/graph/emit/emit.js'
import { check } from '../../../src/graph/in-trace.js'
import { passes } from '../../../src/graph/passes/optimize.js'
import { compile, type Graph, printGraph, watchStages } from '../../../src/graph.js'
import { expectSnapshot } from '../../support/snapshot.js'
import { tf, variables } from '../semantics/support.js'

/** Softmax regression with a moving average, a check and momentum. */
function stagesOfStep(): [string, Graph][] {
  const [w, b] = [tf.variable(tf.ones([3, 2]), true, 'tiny/w'), tf.variable(tf.zeros([2]), true, 'tiny/b')]
  const average = tf.variable(tf.scalar(0), false, 'tiny/average')
  const optimizer = tf.train.momentum(0.1, 0.9)
  const known = new Set(Object.values(variables()))
  const step = compile((x: import('@tensorflow/tfjs-node-gpu').Tensor2D, y: import('@tensorflow/tfjs-node-gpu').Tensor2D) => {
    const loss = optimizer.minimize(
      () => {
        const hidden = tf.relu(tf.add(tf.matMul(x, w as never), b)) as typeof y
        return tf.mean(tf.losses.softmaxCrossEntropy(y, hidden)).asScalar()
      },
      true,
      [w, b],
    )!
    check(tf.isFinite(loss), 'the loss is a finite number', loss)
    average.assign(tf.add(tf.mul(average, 0.9), tf.mul(loss, 0.1)))
    return loss
  })
  const stages: [string, Graph][] = []
  const stop = watchStages((_, stage, graph) => void stages.push([stage, graph]))
  try {
    step(tf.ones([4, 3]), tf.ones([4, 2]))
  } finally {
    stop()
    step.dispose()
    for (const variable of Object.values(variables())) if (!known.has(variable)) variable.dispose()
    tf.dispose([w, b, average])
  }
  return stages
}

/** Slots of optimizers and rates are numbered as they come. */
function withoutNumbers(text: string, { variables }: Graph): string {
  const slots = variables.map(({ name }) => name).filter(name => /^\d+$/.test(name))
  return slots
    .reduce((now, slot, i) => now.replaceAll(new RegExp(`(?<=v/|\\[tiny/\\w+, |")${slot}(?=[^\\w]|$)`, 'gm'), `slot${i}`), text)
    .replaceAll(/learningRate\/\d+/g, 'learningRate')
}

/** What TensorFlow's message gives, which its type here does not show. */
interface ReadableNode {
  getName(): string
  getOp(): string
  getInputList(): readonly string[]
}

describe('the stages of a step', () => {
  it('are shown as recorded and after each pass', () => {
    const stages = stagesOfStep()
    expect(stages.map(([name]) => name)).to.deep.equal(['recorded', ...passes.map(({ name }) => name)])
    const shown = stages.filter(([, graph], i) => i === 0 || printGraph(graph) !== printGraph(stages[i - 1]![1]))
    expectSnapshot(
      'graph/emit/snapshots/stages.txt',
      withoutNumbers(shown.map(([name, graph]) => `# ${name}\n${printGraph(graph)}`).join('\n'), stages[0]![1]),
    )
  })

  it('end in nodes whose updates wait for everything, and for the checks', () => {
    const graph = stagesOfStep().at(-1)![1]
    const emitter = new Emitter()
    const written = emitter.addVariables(graph.variables)
    const { done, inputs, outputs } = emitter.addGraph(graph, 'f')
    const nodes = emitter.nodes as unknown as readonly ReadableNode[]
    const lines = nodes.map(node => `${node.getName()} = ${node.getOp()}(${node.getInputList().join(', ')})`)
    expectSnapshot(
      'graph/emit/snapshots/nodes.txt',
      withoutNumbers([...lines, JSON.stringify({ written, done, inputs, outputs }, null, 1), ''].join('\n'), graph),
    )

    const named = new Map(nodes.map(node => [node.getName(), node]))
    const inputsOf = (name: string) => [...named.get(name)!.getInputList()]
    const updates = [...named.keys()].filter(name => /^f\/update/.test(name))
    expect(updates).to.have.length(graph.updates.length)
    for (const update of updates) expect(inputsOf(update)).to.include('^f/ready')
    const ready = inputsOf('f/ready')
    for (const name of named.keys())
      if (/^f\/check\d+$/.test(name) || named.get(name)!.getOp() === 'ReadVariableOp') {
        if (name.startsWith('f/')) expect(ready).to.include(`^${name}`)
      }
    for (const { inputs: values } of graph.updates)
      for (const { node } of values) expect(ready.some(name => name.startsWith(`^f/${graph.nodes.indexOf(node)}_`))).to.equal(true)
    expect(inputsOf('f/done')).to.include.members(updates.map(name => `^${name}`))
    for (const name of named.keys()) expect(name).to.match(/^[A-Za-z0-9.][A-Za-z0-9_./-]*$/)
  })

  it('are printed to stderr where MILLRACE_GRAPH=print asks for it', async () => {
    const script = `
      import { compile, loadTensorflow } from './src/graph.ts'
      const tf = await loadTensorflow()
      compile(x => tf.neg(x), { name: 'a negative' })(tf.ones([2]))`
    const { stderr } = await promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      env: { ...process.env, MILLRACE_GRAPH: 'print' },
    })
    const stages = [...stderr.matchAll(/^# a negative: (.*), \d+ nodes$/gm)].map(([, name]) => name)
    expect(stages).to.include.members(['recorded', 'clean-up']).and.to.have.length.above(5)
    expect(stderr).to.contain('%1 = Neg(%0)')
  })
})
