/**
 * The flagship's first training step in a process of its own, on the built package as a user has it: `first-loss.mjs CONFIG`, a config
 * as JSON; prints the loss as soon as it is there.
 */
import { B, V } from 'millrace'
import { ResNet } from 'millrace/models'
import { mnist } from 'millrace/opensets'

const config = JSON.parse(process.argv[2])
const { train } = await mnist()
const fit = train.p
  .initVariable('loss')
  .initModel('dynamic', ResNet, 'resnet', { config })
  .normalize({ scale: 255 })
  .trainModel('resnet', { feed: { images: B('images'), labels: B('labels') }, fetches: 'loss', saveTo: V('loss') })

await fit.nextBatch(300, { shuffle: 2, epochs: null, seed: 42 })
const version = fit.m('resnet').network.tf.backend().binding.TF_Version
console.log(JSON.stringify({ loss: fit.v('loss'), version }))
