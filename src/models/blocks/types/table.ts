/** The kinds of blocks. */
import { aspp } from './aspp.js'
import { branches } from './branches.js'
import { convnext } from './convnext.js'
import { dense } from './dense.js'
import { gaussian } from './gaussian.js'
import { mbconv } from './mbconv.js'
import { plain } from './plain.js'
import { pyramidPooling } from './pyramid-pooling.js'
import { residual } from './residual.js'
import { transformer } from './transformer.js'

export const ownBlocks = {
  plain,
  residual,
  dense,
  mbconv,
  branches,
  convnext,
  transformer,
  aspp,
  pyramid_pooling: pyramidPooling,
  gaussian,
}
