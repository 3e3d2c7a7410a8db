/** TensorFlow writes nothing on the user's stderr, in any thread or engine. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { programs } from './programs.js'

const run = promisify(execFile)

/** What a program writes to stderr in a process of its own, whose environment says nothing of TensorFlow's log level. */
async function stderrOf(name: string, where: 'main' | 'worker'): Promise<string> {
  const { TF_CPP_MIN_LOG_LEVEL: _, ...env } = process.env
  const { stderr } = await run(process.execPath, ['--import', 'tsx', 'test/graph/stderr/programs.ts', name, where], { env })
  return stderr
}

describe('stderr stays empty', () => {
  for (const name of Object.keys(programs)) it(`for ${name}`, async () => expect(await stderrOf(name, 'main')).to.equal(''))

  it('where TensorFlow is loaded in a worker thread', async () =>
    expect(await stderrOf('transposed integers, booleans and masks', 'worker')).to.equal(''))
})
