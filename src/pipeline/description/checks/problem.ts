/** What is wrong with a description, found once for all doors; each door finds the place in its own text. */
import type { DetailsOf, ErrorCode } from '../../../errors/index.js'

/** Keys from the root of what is checked. */
export type ProblemPath = readonly (string | number)[]

/** An error and where it is. */
export type Problem = {
  [Code in ErrorCode]: { readonly path: ProblemPath; readonly code: Code; readonly details: DetailsOf<Code> }
}[ErrorCode]

/** A problem, its details checked against its code. */
export const problem = <Code extends ErrorCode>(path: ProblemPath, code: Code, details: DetailsOf<Code>): Problem =>
  ({ path, code, details }) as unknown as Problem
