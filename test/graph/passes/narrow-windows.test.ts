import { expect } from 'chai'
import { lowerConvolutions } from '../../../src/graph/passes/lower-convolutions.js'
import { loadTensorflow, type Tensorflow } from '../../../src/graph/tensorflow.js'
import { convolutionGraph, type Shapes } from './convolutions.js'
import { expectSame } from './support.js'

let tf: Tensorflow
before(async () => {
  tf = await loadTensorflow()
})

const widthsOf = (shapes: Shapes) => {
  const graph = convolutionGraph('filter', shapes)
  const lowered = lowerConvolutions(graph)
  const widths = lowered.nodes.filter(({ op }) => op.startsWith('Depthwise')).map(({ outputs }) => outputs[0]!.shape[1]!)
  return { graph, lowered, widths }
}

describe('gradients by wide depthwise filters', () => {
  const narrowed: readonly (readonly [Shapes, readonly number[]])[] = [
    [{ images: [2, 7, 6, 4], window: [5, 5], multiplier: 1 }, [3, 2]],
    [{ images: [2, 9, 9, 3], window: [7, 7], multiplier: 1 }, [2, 3, 2]],
    [{ images: [2, 9, 8, 3], window: [3, 4], multiplier: 1, padding: 'VALID' }, [2, 2]],
    [{ images: [2, 9, 8, 3], window: [5, 5], multiplier: 1, strides: [2, 2] }, [3, 2]],
    [{ images: [2, 8, 9, 3], window: [5, 5], multiplier: 1, strides: [2, 2], padding: 'VALID' }, [3, 2]],
    [{ images: [2, 4, 4, 3], window: [7, 7], multiplier: 1, strides: [2, 2] }, [2, 3, 2]],
    [{ images: [1, 6, 7, 2], window: [5, 5], multiplier: 1, padding: [2, 1, 0, 3] }, [3, 2]],
    [{ images: [2, 1, 12, 3], window: [1, 9], multiplier: 1 }, [3, 3, 3]],
  ]
  for (const [shapes, wanted] of narrowed) {
    const { images, window, strides = [1, 1], padding = 'SAME' } = shapes
    it(`${images.join('×')} by ${window.join('×')} / ${strides[0]} ${padding}: widths ${wanted.join(', ')}`, () => {
      const { graph, lowered, widths } = widthsOf(shapes)
      expect(widths).to.deep.equal(wanted)
      expectSame(tf, graph, lowered)
    })
  }

  it('stay for windows of up to three columns, and where a channel has several filters', () => {
    expect(widthsOf({ images: [2, 7, 6, 4], window: [3, 3], multiplier: 1 }).widths).to.deep.equal([3])
    expect(widthsOf({ images: [2, 7, 6, 4], window: [7, 1], multiplier: 1 }).widths).to.deep.equal([1])
    expect(widthsOf({ images: [2, 7, 6, 4], window: [5, 5], multiplier: 2 }).widths).to.deep.equal([5])
  })
})
