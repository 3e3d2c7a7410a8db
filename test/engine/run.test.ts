import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { World } from './world.js'

/** A stand-in for the command line: prints its arguments, then does as told. */
const program = `
let interrupts = 0
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {
  console.log('got ' + signal + ' ' + ++interrupts)
  setTimeout(() => process.exit(7), 300)
})
console.log(JSON.stringify(process.argv.slice(2)))
if (process.argv.includes('wait')) setInterval(() => {}, 1000)
else process.exit(Number(process.argv.at(-1)))
`

describe('engine: run', () => {
  let world: World

  before(async () => {
    world = new World()
    world.offerWheel()
    world.write(join(world.folder, 'clone/dist/cli/bin.js'), program)
    await world.run(['setup'])
  })
  after(() => world.remove())

  it('start: runs the flagship with the arguments given, and ends with its exit code', async () => {
    const { code, text } = await world.run(['start', '--set', 'run.iterations=5', '3'])
    expect(code).to.equal(3)
    expect(text.trim()).to.equal('["run","pipelines/se-comparison.yaml","--set","run.iterations=5","3"]')
  })

  it('writes nothing into a cache that is whole: it may be one that only others can write', async () => {
    const before = statSync(world.cache).mtimeMs
    expect((await world.run(['start', '0'])).code).to.equal(0)
    expect(statSync(world.cache).mtimeMs).to.equal(before)
  })

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`hands on one ${signal}, waits, and passes the exit code on`, async () => {
      const running = world.start(['start', 'wait'])
      await running.saw(/wait/)
      running.child.kill(signal)
      const { code, text } = await running.done
      // Where the tests themselves have a terminal, it and not the runner would bring an interrupt to the program.
      if (signal === 'SIGINT' && !text.includes('got')) return
      expect([code, text.match(/got .*/g)]).to.deep.equal([7, [`got ${signal} 1`]])
    })
  }

  it('asks for the Node.js that package.json asks for', () => {
    const { engines } = JSON.parse(readFileSync('package.json', 'utf8'))
    const needed = /needed = \[(\d+), (\d+)\]/.exec(readFileSync('engine/run.mjs', 'utf8'))!
    expect(engines.node).to.equal(`>=${needed[1]}.${needed[2]}`)
  })
})
