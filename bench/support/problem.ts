/** What goes wrong in a benchmark and is told in a sentence. */

export class BenchProblem extends Error {
  constructor(
    message: string,
    /** 1: what was asked for is wrong, or the results contradict it; 2: a measuring process failed. */
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(message)
  }
}
