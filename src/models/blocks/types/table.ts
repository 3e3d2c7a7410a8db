/** The kinds of blocks. */
import { branches } from './branches.js'
import { convnext } from './convnext.js'
import { dense } from './dense.js'
import { mbconv } from './mbconv.js'
import { plain } from './plain.js'
import { residual } from './residual.js'
import { transformer } from './transformer.js'

export const ownBlocks = { plain, residual, dense, mbconv, branches, convnext, transformer }
