/** Reports: the charts, the page, and the folder a run leaves. */
export type { ChartContext, ChartReference, ChartRow } from './charts/chart-row.js'
export { type ChartKind, chartTable } from './charts/table.js'
export { readRunFolder } from './folder/read.js'
export { type OpenRunFolderOptions, openRunFolder, type RunFolder } from './folder/run-folder.js'
export { type ChartSpec, chartKinds, chartReferences, chartRow, chartsSchema, prepareCharts } from './prepare.js'
export { renderReport } from './render.js'
export type { PipelineTiming, PreparedChart, ReportInput, RunMachine, RunResults, RunVersions } from './results.js'
export type { ReportModel, ReportSource } from './source.js'
