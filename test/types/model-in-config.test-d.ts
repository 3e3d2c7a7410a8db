/** The class of a model in its config. Read by tsc, never run. */
import { Dataset, ImagesBatch } from '../../src/dataset/index.js'
import { B, C } from '../../src/index.js'
import { ResNet, ResNet18 } from '../../src/models.js'

const data = new Dataset(4, ImagesBatch)
const config = { inputs: { images: { shape: [28, 28, 1] }, labels: { classes: 10 } }, loss: 'ce' } as const

data.p.initModel('dynamic', 'net', { config: { model: ResNet18, ...config } })
data.p.initModel('static', 'net', { config: { model: 'ResNet18', ...config } })
data.p.initModel('dynamic', 'net', { config: { model: (_config: any, tf: any) => tf.sequential(), width: 3 } })
data.p.initModel('dynamic', 'net', { config: C('net') })
data.p.initModel('dynamic', 'net', { config: { model: C('class'), loss: 'ce' } })
data.p.initModel('dynamic', ResNet, 'net', { config: { model: 'ResNet', 'body/num_blocks': [1] } })
data.p.initModel('dynamic', 'net', { config: { model: ResNet18, 'head/units': B('labels').attr('length'), loss: 'ce' } })

// @ts-expect-error a misspelt key of the class in the config
data.p.initModel('dynamic', 'net', { config: { model: ResNet18, 'body/block/se_blok': true } })
// @ts-expect-error a loss that is not there
data.p.initModel('dynamic', 'net', { config: { model: ResNet18, loss: 'cee' } })
// @ts-expect-error a config without a class
data.p.initModel('dynamic', 'net', { config: { loss: 'ce' } })
// @ts-expect-error no class at all
data.p.initModel('dynamic', 'net')
// @ts-expect-error a static model reads no batch
data.p.initModel('static', 'net', { config: { model: ResNet18, 'head/units': B('labels').attr('length') } })
