/** `millrace/experiment`: experiments from YAML files and TypeScript, and running them. Loads no TensorFlow before a model is built. */
export { describeLocation, MillraceError } from './errors/index.js'
export { renderError, renderErrors } from './errors/render.js'
export * from './experiment/index.js'
export type { ExperimentSpec, ReportSpec, RunSpec } from './pipeline/description/content/experiment-spec.js'
export type { Registry } from './pipeline/description/registry.js'
export { assembleSchema, formatSchema } from './pipeline/description/schema/assemble-schema.js'
export { dumpExperiment, type ReadOptions, type ReadResult, readExperiment, readExperimentFile } from './pipeline/yaml/index.js'
export { columns } from './util/columns.js'
