/** The segmenters of the zoo. */
export * from './fpn.js'
export * from './linknet.js'
export * from './unet.js'
