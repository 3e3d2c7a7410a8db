/** `start`, `test`, `setup` and `doctor` in a clone: dependencies, engine, build, then the program itself. */
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { buildIsCurrent, provideBuild } from './clone/build.mjs'
import { dependenciesAreCurrent, provideDependencies } from './clone/dependencies.mjs'
import { runInFront } from './clone/run-in-front.mjs'
import { diagnose, formatTable } from './doctor.mjs'
import { withLock } from './lock.mjs'
import { packageFolder, root } from './places.mjs'
import { SetupProblem } from './problems.mjs'
import { terminalLog } from './progress.mjs'
import { setup } from './setup.mjs'

/** The experiment that `npm start` runs. */
const flagship = 'pipelines/se-comparison.yaml'

/** The tests of `npm test`, unless its arguments name others. */
const allTests = 'test/**/*.test.ts'
const namesTests = (/** @type {string} */ argument) => /^(\.\/)?test(\/|$)|\.test\.ts$/.test(argument)

const commands = {
  /** @param {readonly string[]} args */
  start: async args => {
    await prepare({})
    return runInFront(process.execPath, [join(root, 'dist/cli/bin.js'), 'run', flagship, ...args])
  },
  /** @param {readonly string[]} args */
  test: async args => {
    await prepare({})
    const mocha = join(packageFolder('mocha') ?? join(root, 'node_modules/mocha'), 'bin/mocha.js')
    // mocha forwards only interrupts to the process it starts.
    const all = args.some(namesTests) ? [] : ['--parallel', '--jobs', String(Math.min(4, availableParallelism())), allTests]
    return runInFront(process.execPath, [mocha, ...args, ...all], { asInterrupt: true })
  },
  /** @param {readonly string[]} args */
  setup: async args => {
    const gpu = args.includes('--gpu') ? true : args.includes('--no-gpu') ? false : undefined
    await prepare({ gpu, force: args.includes('--force') })
    return 0
  },
  doctor: async () => {
    const rows = await diagnose()
    console.log(formatTable(rows))
    return rows.some(({ status }) => status === 'fail') ? 2 : 0
  },
}

/** @param {readonly string[]} args */
export async function main([name = 'start', ...args]) {
  const command = commands[/** @type {keyof typeof commands} */ (name)]
  if (!command) {
    console.error(`engine/run.mjs knows ${Object.keys(commands).join(', ')}; seen: ${name}`)
    process.exit(2)
  }
  try {
    process.exit(await command(args))
  } catch (error) {
    const problem = fileProblem(error) ?? error
    if (!(problem instanceof SetupProblem)) throw error
    console.error(`\nMillrace cannot continue: ${problem.message}`)
    process.exit(problem.exitCode)
  }
}

/** The user has to fix what the file system refuses, wherever it happens. @param {any} error */
const fileProblem = error =>
  error?.syscall === undefined ? undefined : new SetupProblem('file-refused', { path: error.path, error: error.message })

/** @param {import('./setup.d.mts').SetupOptions} options */
async function prepare({ gpu, force }) {
  const log = terminalLog()
  if (!dependenciesAreCurrent()) await inTurn(log, () => provideDependencies({ log }))
  await setup({ gpu, force, log })
  if (!buildIsCurrent()) await inTurn(log, () => provideBuild({ log }))
}

/**
 * Two commands started at once in one clone take turns with what they write into it. The lock is in the clone: a complete cache
 * may be read-only.
 * @param {import('./progress.mjs').Log} log
 * @param {() => Promise<void>} work
 */
const inTurn = (log, work) => withLock({ folder: root, name: '.setup', log }, work)
