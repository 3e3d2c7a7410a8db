import { expect } from 'chai'
import { createNode, type Graph } from '../../../src/graph/ir/graph.js'
import { rewriteUntilStable } from '../../../src/graph/ir/rewrite.js'

const nodes = (...ops: readonly string[]) => ops.map(op => createNode(op, {}, [], []))
const graphOf = (nodes: Graph['nodes']): Graph => ({ nodes, variables: [], outputs: [], updates: [], checks: [] })

/** The lengths of the graphs that a step sees, and of what is left. */
function lengthsSeen(first: Graph, step: (graph: Graph) => Graph): number[] {
  const seen: number[] = []
  const last = rewriteUntilStable(first, graph => {
    seen.push(graph.nodes.length)
    return step(graph)
  })
  return [...seen, last.nodes.length]
}

describe('a step that is repeated until the graph is stable', () => {
  const graph = graphOf(nodes('A', 'B', 'C'))

  it('is made once for a graph that it leaves as it is', () => {
    expect(lengthsSeen(graph, now => graphOf([...now.nodes]))).to.deep.equal([3, 3])
  })

  it('is made once more than it removes nodes', () => {
    expect(lengthsSeen(graph, now => graphOf(now.nodes.slice(0, -1)))).to.deep.equal([3, 2, 1, 0, 0])
  })

  it('is made again after it adds a node at the end', () => {
    expect(lengthsSeen(graph, now => (now.nodes.length < 5 ? graphOf([...now.nodes, ...nodes('D')]) : now))).to.deep.equal([3, 4, 5, 5])
  })

  it('is made again after it replaces one node of several', () => {
    const replacement = nodes('D')[0]!
    expect(lengthsSeen(graph, now => graphOf(now.nodes.with(1, replacement)))).to.deep.equal([3, 3, 3])
  })

  it('ends after 64 times', () => {
    expect(lengthsSeen(graph, () => graphOf(nodes('A', 'B')))).to.have.length(64 + 1)
  })
})
