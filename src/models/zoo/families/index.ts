/** The families of the zoo. */
export * from './convnext.js'
export * from './densenet.js'
export * from './efficientnet.js'
export * from './mobilenet.js'
export * from './network.js'
export * from './resnet.js'
export * from './vgg.js'
export * from './vit.js'
