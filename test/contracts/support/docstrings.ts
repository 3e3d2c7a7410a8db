/** The docstrings of a folder's or a file's exports and methods. */
import { readdirSync, readFileSync, statSync } from 'node:fs'

const source = new URL('../../../src/', import.meta.url)

/** The docstring before each exported name or method in these files and folders of `src`. */
export function docstringsIn(...paths: readonly string[]): ReadonlyMap<string, string> {
  const files = paths.flatMap(path => {
    const url = new URL(path, source)
    if (!statSync(url).isDirectory()) return [url]
    return readdirSync(url, { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts'))
      .map(file => new URL(`${path}/${file}`, source))
  })
  const found = new Map<string, string>()
  for (const file of files) {
    const text = readFileSync(file, 'utf8')
    const declared =
      /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n(?:export (?:abstract |async )?(?:function|const|class) (\w+)| {2}(?:async )?(\w+)[<(])/g
    for (const [, docstring, exported, method] of text.matchAll(declared)) {
      const name = (exported ?? method)!
      if (!found.has(name)) found.set(name, docstring!)
    }
  }
  return found
}
