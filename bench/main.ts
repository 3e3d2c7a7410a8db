/** `npm run bench -- COMMAND`: the process of a benchmark, which signals stop. */
import { main } from './command-line.js'

const controller = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => controller.abort())
process.exitCode = await main(process.argv.slice(2), controller.signal)
