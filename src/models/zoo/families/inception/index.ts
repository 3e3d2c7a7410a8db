/** Inception and what followed from it. */
export * from './inception-resnet.js'
export * from './inception-v1.js'
export * from './inception-v3.js'
export * from './inception-v4.js'
