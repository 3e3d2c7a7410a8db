/** Experiments: several pipelines taking turns, recorded and reported. */

export { canResume, newestRunFolder } from './checkpoint/find-run.js'
export { type Experiment, type ExperimentOptions, experiment, type RunOptions as ExperimentRunOptions } from './experiment.js'
export { describeModule, explainExperiment } from './explain.js'
export { type OpenOptions, openExperiment } from './open.js'
export { readCheckedFile } from './read.js'
export { registry } from './registry.js'
export type { ExperimentResults } from './results.js'
export type { Recorded, RecordedValue } from './run/recorded.js'
export type { Round } from './run/rounds.js'
export { runExperiment } from './run/run.js'
export type { Phase, RunExperimentOptions } from './run/run-options.js'
