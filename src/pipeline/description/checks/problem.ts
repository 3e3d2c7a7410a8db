/** What is wrong with a description, found once for all entry points; each maps the path to a place in its own source. */
import type { DetailsOf, ErrorCode } from '../../../errors/index.js'

/** Keys from the root of what is checked. */
export type ProblemPath = readonly (string | number)[]

/** An error and where it is. */
export type Problem = {
  [Code in ErrorCode]: { readonly path: ProblemPath; readonly code: Code; readonly details: DetailsOf<Code> }
}[ErrorCode]

/** A problem; its details are checked against its code. */
export const problem = <Code extends ErrorCode>(path: ProblemPath, code: Code, details: DetailsOf<Code>): Problem =>
  ({ path, code, details }) as unknown as Problem
