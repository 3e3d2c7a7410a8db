/** The segmenters of the zoo. */
export * from './deeplab.js'
export * from './encoder-decoder.js'
export * from './fcn.js'
export * from './fpn.js'
export * from './linknet.js'
export * from './pspnet.js'
export * from './unet.js'
