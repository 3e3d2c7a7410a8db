/** Weights of models in pipelines and by hand. Read by tsc, never run. */
import { Dataset, ImagesBatch } from '../../src/dataset/index.js'
import { I, type NdArray, V } from '../../src/index.js'
import { ResNet } from '../../src/models.js'

const p = new Dataset(4, ImagesBatch).p.initVariables(['zeros', 'kernels'])

p.getWeights('net', { saveTo: V('kernels') })
p.getWeights('net', { match: ['**/kernel', '!head'], saveTo: V('kernels'), mode: 'append' })
p.setWeights('net', V('kernels'))
p.transformWeights('net', { match: '**/kernel', by: { zeroBelow: I().mul(0.01) }, saveTo: V('zeros') })
p.transformWeights('net', { match: 'head', by: (values, path) => (path.endsWith('bias') ? [1] : values.cast('float32', 2)) })

// @ts-expect-error a variable that is not declared
p.getWeights('net', { saveTo: V('nowhere') })
// @ts-expect-error nowhere to save
p.getWeights('net', { match: 'head' })
// @ts-expect-error a variable that is not declared
p.setWeights('net', V('nowhere'))
// @ts-expect-error a change that is not there
p.transformWeights('net', { match: 'head', by: { zeroBelw: 1 } })
// @ts-expect-error without patterns
p.transformWeights('net', { by: { round: 1 } })

const model = await ResNet.build({}, { name: 'net', seed: 1 })
;(await model.getWeights('head'))['head/dense/kernel'] satisfies NdArray | undefined
await model.setWeights({ 'head/dense/bias': [0, 1] })
const counts = await model.transformWeights('**/kernel', { zeroSmallest: 0.5 })
counts.share satisfies number
counts.byPath satisfies Readonly<Record<string, { readonly zeros: number }>>
// @ts-expect-error a threshold is a number
await model.transformWeights('**/kernel', { zeroBelow: 'much' })
