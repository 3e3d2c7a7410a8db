/** Rectified units in operations that TensorFlow does not fuse. */
import { attributeOr, type } from '../../ir/attributes.js'
import type { Node, Value } from '../../ir/graph.js'
import type { Builder } from '../../ir/rewrite.js'

/** `Relu` and `Relu6` by `Maximum` and `Minimum`, which propagate NaN; undefined for other operations. */
export function unfused({ op, inputs }: Node, builder: Builder): Value | undefined {
  if (op !== 'Relu' && op !== 'Relu6') return undefined
  const [x] = inputs as [Value]
  const T = type(x.dtype)
  const y = builder.value('Maximum', { T }, [x, builder.const({ splat: 0 }, [], x.dtype)])
  return op === 'Relu' ? y : builder.value('Minimum', { T }, [y, builder.const({ splat: 6 }, [], x.dtype)])
}

/** `LeakyRelu` by a choice between the two. */
export function unfusedLeaky(node: Node, builder: Builder): Value {
  const [x] = node.inputs as [Value]
  const T = type(x.dtype)
  const number = (splat: number) => builder.const({ splat }, [], x.dtype)
  const isOpen = builder.value('Greater', { T }, [x, number(0)])
  return builder.value('SelectV2', { T }, [isOpen, x, builder.value('Mul', { T }, [x, number(attributeOr(node, 'alpha', 'float', 0.2))])])
}
