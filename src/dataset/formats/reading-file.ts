import { fail, MillraceError } from '../../errors/index.js'

/**
 * Returns the result of `read`; errors of the file system or another library become a MillraceError with the path.
 *
 * @throws MillraceError `file-unreadable`
 */
export async function readingFile<Value>(path: string, read: () => Value | Promise<Value>): Promise<Value> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof MillraceError) throw error
    return fail('file-unreadable', { path, reason: error instanceof Error ? error.message : String(error) }, {}, error)
  }
}
