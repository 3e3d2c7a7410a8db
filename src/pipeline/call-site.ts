/** Where in the user's own source a method was called. */
import { relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SourceLocation } from '../errors/index.js'

/** The folders of Millrace's own files. When source maps are read, frames of `dist` name files in `src`. */
const own = ['src', 'dist'].map(folder => fileURLToPath(new URL(`../../${folder}/`, import.meta.url)))

/** The nearest frame of the stack outside Millrace, Node and packages; undefined if there is none. */
export function callSite(): SourceLocation | undefined {
  const frames = new Error().stack?.split('\n').slice(1) ?? []
  for (const frame of frames) {
    const match = /\(?((?:file:\/\/)?(?:[A-Za-z]:)?[^():]+):(\d+):(\d+)\)?$/.exec(frame.replace(/^\s*at (?:async )?/, ''))
    if (!match) continue
    const location = match[1]!.split(' (').at(-1)!
    const file = location.startsWith('file://') ? fileURLToPath(location) : location
    if (file.startsWith('node:') || own.some(folder => file.startsWith(folder)) || file.includes(`${sep}node_modules${sep}`)) continue
    const shown = relative(process.cwd(), file)
    return { file: shown.startsWith('..') ? file : shown, line: Number(match[2]), column: Number(match[3]) }
  }
  return undefined
}
