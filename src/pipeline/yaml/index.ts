/** YAML: a file → a spec, with every mistake located; a spec → a file. */
export { dumpExperiment, dumpPipeline } from './dump.js'
export { type ReadOptions, type ReadResult, readExperiment, readExperimentFile } from './read-experiment.js'
