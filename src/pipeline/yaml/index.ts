/** YAML: a file → a spec, with every mistake located; a spec → a file. */
export { dumpExperiment, dumpPipeline } from './dump.js'
export type { LoadedModule } from './modules/check-modules.js'
export { SAVED_MODULES, toSavedModules } from './modules/saved-modules.js'
export { type ModulesOfFile, type ReadOptions, type ReadResult, readExperiment, readExperimentFile } from './read-experiment.js'
