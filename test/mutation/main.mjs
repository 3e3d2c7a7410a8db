/**
 * `npm run mutation -- ROOM`: StrykerJS changes the room's sources, one small change at a time, and runs the tests that reach the change;
 * those that all tests survive are printed. The score is the part that some test noticed. Changes of what a module computes once, while it
 * is loaded, are left out.
 */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { Stryker } from '@stryker-mutator/core'
import { rooms } from './rooms.mjs'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { concurrency: { type: 'string' }, files: { type: 'string' } },
})
const room = rooms[positionals[0]]
if (!room) {
  console.error(`npm run mutation -- ROOM [--files GLOB] [--concurrency N], where ROOM is one of ${Object.keys(rooms).join(', ')}`)
  process.exit(1)
}

const escaped = text => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

await new Stryker({
  mutate: values.files ? [values.files] : room.sources,
  testRunner: 'mocha',
  plugins: ['@stryker-mutator/mocha-runner'],
  mochaOptions: { 'no-config': true, spec: room.tests, ...(room.skipped && { grep: `^(?!${room.skipped.map(escaped).join('|')})` }) },
  testRunnerNodeArgs: ['--import', 'tsx', '--no-experimental-require-module'],
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  concurrency: Number(values.concurrency ?? availableParallelism()),
  timeoutMS: 10_000,
  thresholds: { high: 90, low: 85, break: 85 },
  reporters: ['clear-text', 'progress', 'json'],
  clearTextReporter: { allowColor: process.stdout.isTTY, logTests: false, reportTests: false, allowEmojis: false },
  jsonReporter: { fileName: `.mutation/${positionals[0]}.json` },
  tempDirName: '.mutation/sandbox',
  // tsx strips types; TypeScript 7 has no API to rewrite its configuration with; none of it has to be.
  disableTypeChecks: false,
  tsconfigFile: 'none.json',
  ignorePatterns: ['.ci', 'dist', 'runs', 'docs', 'bench/results', '.mutation'],
  allowConsoleColors: false,
}).runMutationTest()
