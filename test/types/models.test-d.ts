/** Models fit what pipelines ask of them. Read by tsc, never run. */
import { loadModel, models, OwnModelClass, ResNet, SEResNet50, toModelClass } from '../../src/models.js'
import type { Model, ModelClass } from '../../src/pipeline/description/contracts.js'

ResNet satisfies ModelClass
SEResNet50 satisfies ModelClass
models satisfies Readonly<Record<string, ModelClass>>
toModelClass(ResNet) satisfies ModelClass
const own = toModelClass((_config, tf) => tf.sequential())
own satisfies ModelClass
;(await own.build({ loss: 'ce' }, { name: 'own', seed: 1 })) satisfies Model
new OwnModelClass('net', (_config, tf) => tf.sequential()) satisfies ModelClass

const model = await ResNet.build({}, { name: 'resnet', seed: 1 })
model satisfies Model
;(await loadModel('folder')) satisfies Model
model.countParameters({ without: ['norm'] }) satisfies number

// @ts-expect-error an unknown kind of layer
model.countParameters({ without: ['norms'] })
// @ts-expect-error a model of the zoo that is not there
models.ResNet20
// @ts-expect-error fetches are a list
model.train({}, 'loss')
