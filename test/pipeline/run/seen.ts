/** What tests of running pipelines look at. */
import type { AnyName, BatchClass, NdArray, Pipeline, PipelineOf, Variable } from '../../../src/index.js'

export const list = (array: unknown): number[] => Array.from((array as NdArray).data)

/** The values of x of each batch. */
export async function listsOf(batches: AsyncIterable<{ get(name: string): unknown }>): Promise<number[][]> {
  const lists: number[][] = []
  for await (const batch of batches) lists.push(list(batch.get('x')))
  return lists
}

/** With a variable to append to. */
export const seen = <K extends BatchClass, Names extends AnyName>(
  pipeline: PipelineOf<K, Names>,
): PipelineOf<K, Names | Variable<'seen', any[]>> => (pipeline as Pipeline<any, any>).initVariable('seen', { default: [] }) as never
