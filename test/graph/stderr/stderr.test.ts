/** TensorFlow writes nothing on the user's stderr, in any thread or engine. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { programs } from './programs.js'

const run = promisify(execFile)

/** What programs write to stderr in a process of their own, whose environment says nothing of TensorFlow's log level. */
async function stderrOf(where: 'main' | 'worker', ...names: string[]): Promise<string> {
  const { TF_CPP_MIN_LOG_LEVEL: _, ...env } = process.env
  const { stderr } = await run(process.execPath, ['--import', 'tsx', 'test/graph/stderr/programs.ts', where, ...names], { env })
  return stderr
}

describe('stderr stays empty', () => {
  const names = Object.keys(programs)
  it(`for ${names.join('; ')}`, async () => expect(await stderrOf('main', ...names)).to.equal(''))

  it('where TensorFlow is loaded in a worker thread', async () =>
    expect(await stderrOf('worker', 'transposed integers, booleans and masks')).to.equal(''))
})
