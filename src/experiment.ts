/** `millrace/experiment`: experiments from YAML files and TypeScript, and running them. Loads no TensorFlow before a model is built. */
export type { ChartKind } from './contracts/charts.js'
export { describeLocation, MillraceError } from './errors/index.js'
export { printable } from './errors/printable.js'
export { type RenderOptions, renderError, renderErrors } from './errors/render.js'
export * from './experiment/index.js'
export type {
  CheckpointSpec,
  DatasetSpec,
  ExperimentSpec,
  PassSpec,
  ReportSpec,
  RunOnceSpec,
  RunSpec,
} from './pipeline/description/content/experiment-spec.js'
export type { Registry } from './pipeline/description/registry.js'
export { assembleSchema, formatSchema, type SchemaOptions } from './pipeline/description/schema/assemble-schema.js'
export {
  dumpExperiment,
  type LoadedModule,
  type ModulesOfFile,
  type ReadOptions,
  type ReadResult,
  readExperiment,
  readExperimentFile,
} from './pipeline/yaml/index.js'
export type { Environment } from './pipeline/yaml/read/interpolate.js'
export type { FileSystem } from './report/folder/pending-file.js'
export { columns } from './util/columns.js'
