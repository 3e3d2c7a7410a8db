/** The benchmark's command line: what it refuses, what it prints, how it is stopped. Nothing is timed here. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { main } from '../../bench/command-line.js'
import { describeCommand } from '../../bench/support/options.js'
import { printedBy } from '../support/printed.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const start = (...args: string[]) => spawn(process.execPath, ['--import', 'tsx', 'bench/main.ts', ...args], { cwd: root })

async function run(...args: string[]) {
  const child = start(...args)
  const text = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) child[name].setEncoding('utf8').on('data', part => (text[name] += part))
  const [code] = (await once(child, 'close')) as [number]
  return { code, ...text }
}

describe('bench: command line', () => {
  it('tells what is allowed', async () => {
    const cases = [
      [['step', '--net', 'resnet'], /Allowed choices are flagship, mlp, unet/],
      [['step', '--engine', 'quick'], /Allowed choices are .*eager/],
      [['step', '--steps', 'ten'], /a whole number above 0/],
      [['step', '--net', 'mlp', '--se'], /--se goes with --net flagship/],
      [['step', '--peers', 'nowhere'], /bash bench\/peers\/setup\.sh DIR/],
      [['run', '--batchflow', 'file.py'], /--batchflow goes with --peers/],
      [['pipeline', '--peers', 'nowhere'], /bash bench\/peers\/setup\.sh DIR/],
    ] as const
    for (const [i, [args, expected]] of cases.entries()) {
      // One in a process, whose exit code it is.
      const { stderr, code } = i === 0 ? await run(...args) : await printedBy(() => main(args, new AbortController().signal))
      expect(stderr, args.join(' ')).to.match(expected)
      expect(code, args.join(' ')).to.equal(1)
    }
  })

  it('prints a result as JSON and nothing else', async () => {
    const { code, stdout, stderr } = await run('step', '--net', 'lstm', '--batch', '2', '--steps', '1', '--engine', 'eager', '--json')
    const result = JSON.parse(stdout)
    expect(code, stderr).to.equal(0)
    expect(result).to.include({ kind: 'step', net: 'lstm', batch: 2, steps: 1, engine: 'eager' })
    expect(result.parameters).to.deep.equal({ millrace: 58_506 })
    expect(result.medians.millrace.trainMs).to.be.above(0)
    expect(stderr).to.match(/^round 1 of 1, Millrace: /)
  })

  it('measures what pipelines cost, the same work in every size', async () => {
    const { code, stdout, stderr } = await run('pipeline', '--seconds', '1', '--json')
    const result = JSON.parse(stdout)
    expect(code, stderr).to.equal(0)
    expect(result).to.include({ kind: 'pipeline', seconds: 1 })
    for (const size of ['1', '32', '300']) expect(result.medians.millrace[size], size).to.be.above(0)
    expect(result).to.not.have.property('ratios')
  })

  it('stops with the process it measures', async () => {
    const child = start('leaks', '--steps', '100000000')
    await once(child.stderr, 'data')
    child.kill('SIGINT')
    expect(await once(child, 'close')).to.deep.equal([130, null])
  })

  it('keeps the command as a reader would type it', () => {
    const line = describeCommand(['step', '--se', '--peers', '/some/where', '--record', '--batch', '8', '--json'])
    expect(line).to.equal('npm run bench -- step --se --peers DIR --batch 8')
    expect(describeCommand(['run', '--peers=there', '--batchflow=x.py'])).to.equal('npm run bench -- run --peers=DIR --batchflow=FILE')
  })
})
