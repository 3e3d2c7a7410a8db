/** The actions that every batch class has: every action that these files export. A new action is a file and a line here. */
export * from '../actions/add-components.js'
export * from '../actions/apply-parallel.js'
export * from '../actions/dump.js'
export * from '../actions/load.js'
