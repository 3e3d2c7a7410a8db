/** What can be done with images, item by item. A new action is a file here and a line in this table. */
import { add } from './add.js'
import { clip } from './clip.js'
import { crop } from './crop.js'
import { cutout } from './cutout.js'
import { elasticTransform } from './elastic-transform.js'
import { flip } from './flip.js'
import { invert } from './invert.js'
import { multiply } from './multiply.js'
import { additiveNoise, multiplicativeNoise } from './noise.js'
import { pad } from './pad.js'
import { putOnBackground } from './put-on-background.js'
import { resize } from './resize.js'
import { rotate } from './rotate.js'
import { salt } from './salt.js'
import { scale } from './scale.js'
import { shift } from './shift.js'
import { splitToPatches } from './split-to-patches.js'

export const imageActions = {
  add,
  additiveNoise,
  clip,
  crop,
  cutout,
  elasticTransform,
  flip,
  invert,
  multiplicativeNoise,
  multiply,
  pad,
  putOnBackground,
  resize,
  rotate,
  salt,
  scale,
  shift,
  splitToPatches,
} as const
