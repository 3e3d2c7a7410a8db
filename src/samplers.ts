/** `millrace/samplers`: streams of random points, seeded by position. Loads nothing else. */

export * from './samplers/index.js'
export type { DistributionName, DistributionParameters } from './util/distributions/table.js'
