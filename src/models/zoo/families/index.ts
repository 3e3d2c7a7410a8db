/** The families of the zoo. */
export * from './network.js'
export * from './resnet.js'
