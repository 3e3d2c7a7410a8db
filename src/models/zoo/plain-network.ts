/** The plain network: an initial block, a body and a head of one layout each. BatchFlow: `TFModel` itself. */
import { type ConfigOf, option, options } from '../../options/index.js'
import { convBlock } from '../blocks/conv-block.js'
import { sharedKeys } from '../config/keys.js'
import { layoutKeys } from '../config/layout-keys.js'
import { partKeys } from './classifier.js'
import { addHead } from './head.js'
import { addInitialBlock } from './initial-block.js'
import type { NetworkShape } from './zoo-row.js'

const keys = options({
  ...sharedKeys,
  ...partKeys,
  body: option('the layers between the initial block and the head', options(layoutKeys), { optional: true }),
})

/** The config of a plain network. */
export interface NetworkConfig extends ConfigOf<typeof keys.table> {}

export const plainNetwork: NetworkShape<NetworkConfig> = {
  keys,
  trunks: [],
  add: context => {
    const { plan, common, section } = context
    const { entry } = addInitialBlock(context)
    return addHead(context, plan.block('body', convBlock(plan, entry, 'body', common, section('body'))))
  },
}
