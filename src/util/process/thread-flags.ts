/** The flags that threads inherit from the command line: those about how modules are found and loaded. */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const withValue = new Set(['--import', '--require', '-r', '--conditions', '-C', '--loader', '--experimental-loader'])

/** Returns the flags for `execArgv` of a thread. Others are not allowed for threads or do not concern them. */
export function threadFlags(flags: readonly string[] = process.execArgv): string[] {
  const kept: string[] = []
  for (let i = 0; i < flags.length; i++) {
    const [name] = flags[i]!.split('=', 1)
    if (!withValue.has(name!)) continue
    kept.push(flags[i]!)
    if (name === flags[i] && i + 1 < flags.length) kept.push(flags[++i]!)
  }
  return kept.some(flag => /\btsx\b/.test(flag)) ? [...kept, ...tsxFlags()] : kept
}

/** tsx handles TypeScript in the first thread only, unless it is registered in each. It is looked for as the program would, then from here. */
function tsxFlags(): string[] {
  for (const from of [join(process.cwd(), 'any.js'), import.meta.url]) {
    try {
      const file = createRequire(from).resolve('tsx/esm/api').replace(/cjs$/, 'mjs')
      const script = `import { register } from ${JSON.stringify(pathToFileURL(file).href)}; register()`
      return ['--import', `data:text/javascript,${encodeURIComponent(script)}`]
    } catch {}
  }
  return []
}
