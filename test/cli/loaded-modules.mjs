/** Preloaded into a child process: at its end it writes the modules and libraries it had loaded to the file LOADED_MODULES. */
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const { cache } = createRequire(import.meta.url)

// Where Node can leave it out: looking up network names would take seconds.
process.report.excludeNetwork = true

process.on('exit', () => {
  const { sharedObjects } = process.report.getReport()
  writeFileSync(process.env.LOADED_MODULES, JSON.stringify([...Object.keys(cache), ...sharedObjects]))
})
