/** The latent variables of a variational auto-encoder (Kingma and Welling 2013). */
import { integer, number, option } from '../../../options/index.js'
import { joinPath } from '../../../util/paths.js'
import { convolutionKeys } from '../../config/layout-keys.js'
import { blockType } from '../block-type.js'
import { convBlock } from '../conv-block.js'
import { expectKeptSize } from './pooled.js'

export const gaussian = blockType({
  summary: 'normally distributed channels: drawn in training, their means in inference; their divergence from N(0, 1) is added to the loss',
  keys: {
    kernel_size: option('of the convolutions that make means and logarithms of variances', integer({ min: 1 }), { default: 1 }),
    kl_weight: option("what the divergence, per element of the network's input, is multiplied by", number({ min: 0 }), { default: 1 }),
  },
  parameters: { padding: convolutionKeys.padding, initializer: convolutionKeys.initializer },
  add: (site, { kernel_size, kl_weight }) => {
    expectKeptSize(site, 'a gaussian block')
    const { plan, path, input, filters, sections } = site
    const made = (name: string) =>
      convBlock(plan, input, joinPath(path, name), ...sections, { layout: 'c', filters, kernel_size, conv: { use_bias: true } })
    const [mean, logVariance] = [made('mean'), made('log-variance')]
    if (kl_weight > 0) plan.penalty({ type: 'kl', weight: kl_weight / plan.inputSize }, mean, logVariance)
    return site.attend(plan.layer(joinPath(path, 'sample'), 'sample', { type: 'gaussian' }, mean, logVariance))
  },
})
