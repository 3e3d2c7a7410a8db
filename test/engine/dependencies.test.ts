import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { World, waitFor } from './world.js'

/** A stand-in for npm: notes what it is asked, then installs package `a`, or fails where a file says so. */
const npm = `echo "$1" >> calls
[ -e broken ] && exit 1
mkdir -p node_modules/a
echo '{}' > node_modules/a/package.json
cp package-lock.json node_modules/.package-lock.json`

describe('engine: npm packages', () => {
  let world: World
  const file = (name: string) => join(world.folder, 'clone', name)
  const want = (version: string) =>
    writeFileSync(file('package-lock.json'), JSON.stringify({ packages: { '': {}, 'node_modules/a': { version } } }))

  before(() => {
    world = new World()
  })
  after(() => world.remove())

  /** What npm was asked by a set-up, which ends right after it for want of a compiler. */
  async function asked() {
    rmSync(file('calls'), { force: true })
    const { text } = await world.run(['setup'], { env: { PATH: world.path({ cat: true, mkdir: true, cp: true, npm }) } })
    return { calls: existsSync(file('calls')) ? readFileSync(file('calls'), 'utf8').trim() : '', text }
  }

  it('are made anew where npm never came to its end, brought up to date where it did, and left alone where they are current', async () => {
    want('1')
    expect((await asked()).calls).to.equal('ci')
    expect((await asked()).calls).to.equal('')
    want('2')
    expect((await asked()).calls).to.equal('install')
    expect((await asked()).calls).to.equal('')
  })

  it('are made anew after an update that was stopped', async () => {
    want('3')
    writeFileSync(file('broken'), '')
    const first = await asked()
    expect(first.calls).to.equal('install')
    expect(first.text).to.match(/npm packages could not be installed/)
    rmSync(file('broken'))
    expect((await asked()).calls).to.equal('ci')
  })
  it('a stopped npm is waited for while it takes back what it unpacked', async () => {
    want('4')
    const slow = `trap 'sleep 1; echo tidy >> calls; exit 1' TERM; echo began > calls; while :; do sleep 0.1; done`
    const running = world.start(['setup'], { env: { PATH: world.path({ cat: true, sleep: true, npm: slow }) } })
    await waitFor(() => existsSync(file('calls')) && readFileSync(file('calls'), 'utf8').startsWith('began'))
    running.child.kill('SIGTERM')
    expect(await running.done).to.include({ code: 143 })
    expect(readFileSync(file('calls'), 'utf8')).to.equal('began\ntidy\n')
    expect(existsSync(file('.setup.lock'))).to.equal(false)
  })
})
