import type { ErrorObject } from 'ajv'
import type { Path } from '../read/tree.js'

/** What a schema error is about, besides ajv's message. */
export interface SchemaError extends ErrorObject {
  readonly path: Path
}
