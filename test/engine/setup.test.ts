import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { type Outcome, World, waitFor } from './world.js'

/** A pip that takes its time: long enough to be killed in the middle of a download. */
const slowPip = (python: string) => `case "$*" in *download*) echo half > "$TMPDIR/half"; exec sleep 120;; *) exec "${python}" "$@";; esac`

describe('engine: setup', () => {
  let world: World

  const makeWorld = () => {
    world = new World()
    world.offerWheel()
  }

  const libraryFolder = () => readdirSync(world.cache).find(name => name.startsWith('tensorflow-'))
  const leftovers = () => (existsSync(join(world.cache, 'tmp')) ? readdirSync(join(world.cache, 'tmp')) : [])
  const locks = () => readdirSync(world.cache).filter(name => name.endsWith('.lock'))

  /** What follows a set-up changes nothing of it that the next test needs. */
  describe('once', () => {
    let first: Outcome
    before(async () => {
      makeWorld()
      first = await world.run(['setup'])
    })
    after(() => world.remove())

    it('downloads, verifies, unpacks the kept parts, compiles and puts the addon in its place; then has nothing to do', async () => {
      expect(first.code, first.text).to.equal(0)
      expect(first.text)
        .to.match(/downloaded and verified/)
        .and.match(/compiled with/)
      expect(existsSync(world.addon)).to.equal(true)
      const library = join(world.cache, libraryFolder()!)
      expect(readdirSync(library).sort()).to.deep.equal(['stamp.json', 'tensorflow'])
      expect(existsSync(join(library, 'tensorflow/include/tensorflow/c/c_api.h'))).to.equal(true)
      expect(existsSync(join(library, 'tensorflow/include/other'))).to.equal(false)
      expect([leftovers(), locks()]).to.deep.equal([[], []])

      const second = await world.run(['setup'], { env: { PATH: world.path({}) } })
      expect(second).to.deep.equal({ code: 0, text: '' })
    })

    it('serves the next clone from the cache, with neither network nor compiler', async () => {
      world.clone('second')
      world.pin({}, 'second')
      const outcome = await world.run(['setup'], { clone: 'second', env: { PATH: world.path({}) } })
      expect(outcome.code, outcome.text).to.equal(0)
      expect(outcome.text).not.to.match(/download|compil/)
    })

    it('repairs a library whose files are not whole', async () => {
      truncateSync(join(world.cache, libraryFolder()!, 'tensorflow/libtensorflow_cc.so.2'), 10)
      const { code, text } = await world.run(['setup'])
      expect(code, text).to.equal(0)
      expect(text).to.match(/downloaded and verified/)
    })

    it('replaces an addon it does not know, once its own one loads', async () => {
      writeFileSync(world.addon, 'something else')
      expect((await world.run(['setup'])).code).to.equal(0)
      expect(readFileSync(world.addon).length).to.be.greaterThan(1000)
    })

    it('keeps the addon in place when the new one does not compile', async () => {
      const before = readFileSync(world.addon)
      world.write(join(world.folder, 'clone/node_modules/@tensorflow/tfjs-node-gpu/binding/binding.cc'), 'not C++')
      const { code, text } = await world.run(['setup'])
      expect(code).to.equal(2)
      expect(text).to.match(/could not be compiled/)
      expect(readFileSync(world.addon).equals(before)).to.equal(true)
    })
  })

  describe('from nothing', () => {
    beforeEach(makeWorld)
    afterEach(() => world.remove())

    it('leaves nothing of a wheel with another hash', async () => {
      world.pin({ sha256: '0'.repeat(64) })
      const { code, text } = await world.run(['setup'])
      expect(code).to.equal(2)
      expect(text)
        .to.match(/damaged or not the real one/)
        .and.not.match(/^\s+at /m)
      expect([libraryFolder(), leftovers(), locks(), existsSync(world.addon)]).to.deep.equal([undefined, [], [], false])
    })

    it('says which wheel an index lacks', async () => {
      rmSync(world.wheel)
      const { code, text } = await world.run(['setup'])
      expect(code).to.equal(2)
      expect(text)
        .to.match(/does not offer tensorflow-cpu==2\.21\.0/)
        .and.match(/need +the wheel tensorflow_cpu-2\.21\.0-cp311/)
    })

    it('does one download for two set-ups at once', async () => {
      const both = await Promise.all([world.run(['setup']), world.run(['setup'])])
      expect(both.map(({ code }) => code)).to.deep.equal([0, 0])
      expect(
        both.filter(({ text }) => /downloaded and verified/.test(text)),
        both.map(({ text }) => text).join('\n---\n'),
      ).to.have.length(1)
      expect([leftovers(), locks()]).to.deep.equal([[], []])
    })

    it('a signal in the middle of a download counts as nothing done', async () => {
      const bin = world.path({ python3: slowPip(join(world.path({ python3: true }), 'python3')) })
      for (const [signal, code] of [
        ['SIGTERM', 143],
        ['SIGINT', 130],
        ['SIGKILL', null],
      ] as const) {
        const killed = world.start(['setup'], { env: { PATH: `${bin}:${process.env.PATH}` } })
        await waitFor(() => leftovers().some(name => existsSync(join(world.cache, 'tmp', name, 'download/parts/half'))))
        killed.child.kill(signal)
        expect((await killed.done).code).to.equal(code)
        expect(libraryFolder()).to.satisfy((name?: string) => name === undefined || name.endsWith('.lock'))
        if (code !== null) expect([leftovers(), locks()], signal).to.deep.equal([[], []])
      }
      const { code: again, text } = await world.run(['setup'])
      expect(again, text).to.equal(0)
      expect([leftovers(), locks()]).to.deep.equal([[], []])
    })
  })
})
