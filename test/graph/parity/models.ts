/** The models on which compiled and eager training are compared. */
import { convolutionalModels } from './models/convolutional.js'
import { denseModels } from './models/dense.js'
import { recurrentModels } from './models/recurrent.js'
import type { ParityModel } from './parity-model.js'

export const parityModels: readonly ParityModel[] = [...denseModels, ...convolutionalModels, ...recurrentModels]
