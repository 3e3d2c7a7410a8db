/** How a pipeline of `run.every` takes its batches. */
import { isPlainObject, type JsonObject } from '../../../util/json.js'

/**
 * The options of a pass: those of `run.every`, over those of the pipeline, over batches of the run's size. It takes each item once if neither
 * says how it ends, and the end that `run.every` says replaces the pipeline's.
 */
export function passBatch(run: unknown, own: unknown, given: unknown): JsonObject {
  const [shared, mine, more] = [run, own, given].map(options => (isPlainObject(options) ? (options as JsonObject) : {}))
  const { batchSize } = shared!
  const { epochs, iterations, ...others } = mine!
  const end = saysEnd(more!) ? {} : saysEnd(mine!) ? { epochs, iterations } : { epochs: 1 }
  const all = { batchSize, ...others, ...end, ...more }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as JsonObject
}

const saysEnd = ({ epochs, iterations }: JsonObject) => epochs !== undefined || iterations !== undefined
