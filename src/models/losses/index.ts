export { createLoss, type LossChoice, type LossesChoice, lossChoice, lossesChoice } from './choice.js'
export type { Loss, LossContext } from './loss.js'
export type { LossFunction } from './own-loss.js'
export { type LossName, losses, lossNames } from './table.js'
