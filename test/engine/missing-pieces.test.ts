import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { engine, World } from './world.js'

const python =
  'case "$*" in *version_info*) echo 3.11;; *"pip --version"*) echo pip 23;; *download*) cat >&2 <<END\nOUTPUT\nEND\nexit 1;; esac'
const pipSays = (output: string) => python.replace('OUTPUT', output)

/** What is missing → the PATH it is missing from, and the words that say so. */
const cases: Record<string, { programs: Record<string, string | true>; env?: NodeJS.ProcessEnv; words: readonly RegExp[] }> = {
  'no compiler': { programs: { python3: true }, words: [/there is no C\+\+ compiler/, /g\+\+: not found/, /apt-get install g\+\+/] },
  'a compiler from before C++17': {
    programs: { python3: true, 'g++': 'echo "error: unrecognized command line option \'-std=c++17\'" >&2; exit 1' },
    words: [/cannot build a C\+\+17 library/, /unrecognized command line option/, /apt-get install g\+\+/],
  },
  'a disk that fills up during a compilation': {
    programs: { python3: true, 'g++': 'echo "fatal error: error writing to /tmp/a.s: No space left on device" >&2; exit 1' },
    words: [/too little free disk space/, /free at/, /need +50 MB/],
  },
  'CXX that is not there': {
    programs: { 'g++': 'exit 0' },
    env: { CXX: 'my-cxx' },
    words: [/there is no C\+\+ compiler/, /CXX=my-cxx: not found/],
  },
  'neither Python nor an own install': {
    programs: { 'g++': 'exit 0' },
    words: [
      /no Python 3 with pip/,
      /own install failed too/,
      /python3: not found/,
      /install: Error: getaddrinfo ENOTFOUND$/m,
      /apt-get install python3-pip/,
    ],
  },
  'Python without pip': {
    programs: {
      'g++': 'exit 0',
      python3: 'case "$*" in *version_info*) echo 3.11;; *) echo "python3: No module named pip" >&2; exit 1;; esac',
    },
    words: [/No module named pip/, /apt-get install python3-pip/],
  },
  'Python 2 alone': {
    programs: { 'g++': 'exit 0', python: 'echo 2.7' },
    words: [/python: version 2\.7/, /apt-get install python3-pip/],
  },
  'no network': {
    programs: {
      'g++': 'exit 0',
      python3: pipSays(
        `WARNING: Retrying after connection broken by 'NewConnectionError('<Connection object>: [Errno 111] Connection refused')': /simple/\nERROR: No matching distribution found`,
      ),
    },
    words: [
      /could not reach its package index/,
      /seen +NewConnectionError: \[Errno 111\] Connection refused$/m,
      /PIP_INDEX_URL or PIP_PROXY/,
    ],
  },
  'a disk that fills up during the download': {
    programs: { 'g++': 'exit 0', python3: pipSays('ERROR: Could not install packages: [Errno 28] No space left on device') },
    words: [/too little free disk space/, /free at/, /MILLRACE_CACHE/],
  },
  'an error of pip nobody knows': {
    programs: { 'g++': 'exit 0', python3: pipSays('ERROR: the moon is full') },
    words: [/could not download tensorflow-cpu==2\.21\.0/, /the moon is full/],
  },
  'the package manager of another system': { programs: { dnf: 'exit 0' }, words: [/dnf install gcc-c\+\+/] },
}

describe('engine: missing pieces', () => {
  let world: World

  before(() => {
    world = new World()
    world.offerWheel()
  })
  after(() => world.remove())

  for (const [name, { programs, env, words }] of Object.entries(cases)) {
    it(`${name}: one clear error`, async () => {
      const { code, text } = await world.run(['setup'], { env: { PATH: world.path({ cat: true, ...programs }), ...env } })
      expect(code, text).to.equal(2)
      for (const word of words) expect(text).to.match(word)
      expect(text.match(/^ {2}(seen|need|do) /gm), text).to.have.length(3)
      expect(text).not.to.match(/^\s+at .*:\d+:\d+/m)
    })
  }

  it('too little disk space: said before anything is downloaded', async () => {
    world.pin({ keptBytes: 1e18 })
    const { code, text } = await world.run(['setup'])
    world.pin({})
    expect(code).to.equal(2)
    expect(text)
      .to.match(/too little free disk space/)
      .and.not.match(/downloading/)
  })

  it('a disk that fills up while the wheel is unpacked', async () => {
    const full = `case "$*" in *zipfile*) echo "OSError: [Errno 28] No space left on device" >&2; exit 1;; *) exec "$REAL" "$@";; esac`
    const env = { PATH: `${world.path({ python3: full })}:${process.env.PATH}`, REAL: join(world.path({ python3: true }), 'python3') }
    const { code, text } = await world.run(['setup'], { env })
    expect(code, text).to.equal(2)
    expect(text).to.match(/too little free disk space/)
    expect(readdirSync(join(world.cache, 'tmp'))).to.deep.equal([])
  })

  it('what the file system refuses elsewhere is told without a stack', async () => {
    mkdirSync(join(world.cache, 'tmp'), { recursive: true })
    rmSync(join(world.cache, 'tmp'), { recursive: true })
    writeFileSync(join(world.cache, 'tmp'), '')
    const { code, text } = await world.run(['setup'])
    rmSync(join(world.cache, 'tmp'))
    expect(code, text).to.equal(2)
    expect(text)
      .to.match(/the system refuses a file.*\n +seen +E\w+: /)
      .and.not.match(/^\s+at /m)
  })

  it('a cache folder that cannot be written', async () => {
    const file = join(world.folder, 'file')
    writeFileSync(file, '')
    const { code, text } = await world.run(['setup'], { env: { MILLRACE_CACHE: join(file, 'cache') } })
    expect(code).to.equal(2)
    expect(text)
      .to.match(/cache folder cannot be written/)
      .and.match(/MILLRACE_CACHE=/)
  })

  for (const mark of [':', '$ORIGIN']) {
    it(`a cache folder whose path has ${mark}, which the loader of libraries would read as something else`, async () => {
      const { code, text } = await world.run(['setup'], { env: { MILLRACE_CACHE: join(world.folder, `a${mark}b`) } })
      expect(code).to.equal(2)
      expect(text)
        .to.match(/a path without : and \$/)
        .and.match(/MILLRACE_CACHE=/)
      expect(readdirSync(world.folder).filter(name => name.includes(mark))).to.deep.equal([])
    })
  }

  it("Yarn's way without node_modules is called by its name", async () => {
    const { missingPackage } = await engine('problems')
    expect(missingPackage('x', { pnp: '3' }).message).to.match(/Plug'n'Play.*\n.*\n.*\n +do +nodeLinker: node-modules/)
    expect(missingPackage('x', {}).message).to.match(/npm install/)
  })

  it("the way around: tfjs-node's own install, where there is no pip", async () => {
    const way = world.clone('around')
    world.pin({}, 'around')
    await world.run(['setup'])
    const tfjs = join(way, 'node_modules/@tensorflow/tfjs-node-gpu')
    mkdirSync(join(tfjs, 'lib/napi-v8'), { recursive: true })
    world.write(
      join(tfjs, 'scripts/install.js'),
      `if (process.argv[2] !== 'cpu' || process.argv[3] !== 'download') process.exit(1)
       require('fs').copyFileSync(${JSON.stringify(world.addon)}, 'lib/napi-v8/tfjs_binding.node')`,
    )
    const env = { PATH: world.path({ 'g++': 'exit 0' }), MILLRACE_CACHE: join(world.folder, 'other-cache') }
    const { code, text } = await world.run(['setup'], { clone: 'around', env })
    expect(code, text).to.equal(0)
    expect(text)
      .to.match(/trying tfjs-node's own install/)
      .and.match(/own install succeeded/)
    expect(await world.run(['setup'], { clone: 'around', env })).to.deep.equal({ code: 0, text: '' })
  })

  it('a build for graphics cards where there is none', async () => {
    const { code, text } = await world.run(['setup', '--gpu'])
    expect(code).to.equal(2)
    expect(text)
      .to.match(/no build for graphics cards/)
      .and.match(/setup --no-gpu/)
  })

  it('cards are what nvidia-smi says', async () => {
    const { findGpus } = await engine('library/gpu')
    const path = process.env.PATH
    process.env.PATH = world.path({ 'nvidia-smi': "echo 'NVIDIA A10, 23028, 550.54'; echo 'NVIDIA A10, 23028, 550.54'" })
    const cards = await findGpus()
    process.env.PATH = path
    expect(cards).to.deep.equal([1, 2].map(() => ({ name: 'NVIDIA A10', memoryMb: 23028, driver: '550.54' })))
  })

  it('an unknown command names the known ones', async () => {
    const { code, text } = await world.run(['stat'])
    expect(code).to.equal(2)
    expect(text).to.match(/start, test, setup, doctor/)
  })
})
