/** What tests of running pipelines look at. */
import type { NdArray, Pipeline } from '../../../src/index.js'

export const list = (array: unknown): number[] => Array.from((array as NdArray).data)

/** The values of x of each batch. */
export async function listsOf(batches: AsyncIterable<{ get(name: string): unknown }>): Promise<number[][]> {
  const lists: number[][] = []
  for await (const batch of batches) lists.push(list(batch.get('x')))
  return lists
}

/** With a variable to append to. */
export const seen = <P extends Pipeline<any>>(pipeline: P): P => pipeline.initVariable('seen', { default: [] }) as unknown as P
