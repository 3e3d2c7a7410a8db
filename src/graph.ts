/**
 * The compiler of training steps: any function of TensorFlow.js as one TensorFlow graph. Usable without pipelines.
 *
 * @example
 * import { compile, compileModel } from 'millrace/graph'
 * const step = compile((x, y) => optimizer.minimize(() => loss(x, y), true))
 */
export { type Compiled, type CompileOptions, compile } from './graph/compile.js'
export { type CompileModelOptions, compileModel, type LayersModel, uncompileModel } from './graph/compile-model.js'
export type { Attribute, Attributes, Check, DType, Elements, Graph, GraphVariable, Node, Shape, Update, Value } from './graph/ir/graph.js'
export { type PrintOptions, printGraph } from './graph/ir/print.js'
export { type Pass, passes } from './graph/passes/optimize.js'
export { watchStages } from './graph/show.js'
export { loadTensorflow, type Tensorflow } from './graph/tensorflow.js'
