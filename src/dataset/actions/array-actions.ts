/** What can be done with a component of numbers as a whole: every action that these files export. */
export * from './normalize.js'
export * from './quantize.js'
export * from './to-array.js'
