/** `millrace/metrics`: classification, segmentation, regression and losses. Loads no TensorFlow. */
export * from './metrics/index.js'
