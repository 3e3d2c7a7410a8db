import { expect } from 'chai'
import { filesIn, importsOf, read } from './sources.js'

/** The rooms and the rooms they may import. A longer name is the room of a file before a shorter one. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  'src/util': ['engine'],
  'src/errors': [],
  'src/contracts': ['src/util'],
  'src/options': ['src/util', 'src/errors'],
  'src/pipeline/description': ['src/contracts', 'src/metrics', 'src/options', 'src/util', 'src/errors'],
  'src/pipeline/yaml': ['src/options', 'src/pipeline/description', 'src/util', 'src/errors'],
  'src/samplers': ['src/util', 'src/errors'],
  'src/metrics': ['src/options', 'src/util', 'src/errors'],
  'src/transforms': ['src/options', 'src/util', 'src/errors'],
  'src/parallel': ['src/util', 'src/errors'],
  'src/notifier': ['src/options', 'src/util', 'src/errors'],
  'src/pipeline/run': [
    'src/pipeline/description',
    'src/options',
    'src/samplers',
    'src/metrics',
    'src/transforms',
    'src/notifier',
    'src/parallel',
    'src/models',
    'src/graph',
    'src/util',
    'src/errors',
  ],
  'src/pipeline': ['src/pipeline/description', 'src/pipeline/run', 'src/metrics', 'src/util', 'src/errors'],
  'src/dataset': [
    'src/options',
    'src/pipeline',
    'src/pipeline/description',
    'src/samplers',
    'src/transforms',
    'src/parallel',
    'src/notifier',
    'src/util',
    'src/errors',
  ],
  'src/graph': ['src/util', 'src/errors'],
  'src/models': ['src/contracts', 'src/graph', 'src/options', 'src/util', 'src/errors'],
  'src/report': ['src/contracts', 'src/options', 'src/util', 'src/errors'],
  'src/experiment': [
    'src/contracts',
    'src/options',
    'src/pipeline',
    'src/pipeline/description',
    'src/pipeline/yaml',
    'src/dataset',
    'src/models',
    'src/report',
    'src/util',
    'src/errors',
    'engine',
  ],
  'src/cli': ['src/*', 'src/util', 'engine'],
}

/** Packages that live in one place only. */
const homes: Readonly<Record<string, readonly string[]>> = {
  immer: ['src/pipeline/description/content/edits.ts'],
  rxjs: ['src/pipeline/run/batches', 'src/pipeline/runnable.ts', 'src/pipeline/observable-input.ts', 'src/dataset/item-stream.ts'],
  yaml: ['src/pipeline/yaml'],
  ajv: ['src/pipeline/yaml'],
  '@tensorflow/tfjs-node-gpu': ['src/graph/tensorflow.ts', 'src/models', 'src/graph', 'src/tf.ts'],
  '@observablehq/plot': ['src/report'],
  linkedom: ['src/report'],
  piscina: ['src/parallel'],
  commander: ['src/cli'],
  sharp: ['src/dataset/formats'],
  fflate: ['src/dataset/formats'],
  hyparquet: ['src/dataset/formats'],
  'hyparquet-compressors': ['src/dataset/formats'],
  'hyparquet-writer': ['src/dataset/formats'],
  'csv-parse/sync': ['src/dataset/formats'],
  'csv-stringify/sync': ['src/dataset/formats'],
  tinyglobby: ['src/dataset/files-index.ts'],
}

const rooms = Object.keys(arrows).sort((a, b) => b.length - a.length)
const roomOf = (file: string) => (file.startsWith('engine/') ? 'engine' : (rooms.find(room => file.startsWith(`${room}/`)) ?? 'src/*'))
const files = filesIn('src', /\.ts$/)
const imports = files.flatMap(importsOf)

describe('house: imports', () => {
  it('finds the sources and their imports', () => {
    expect(files.length).to.be.above(100)
    expect(imports.length).to.be.above(300)
  })

  for (const room of Object.keys(arrows)) {
    it(`${room} imports ${arrows[room]!.join(', ') || 'nothing of ours'}`, () => {
      const wrong = imports
        .filter(({ file, own }) => own && roomOf(file) === room)
        .filter(({ target }) => roomOf(target) !== room && !arrows[room]!.includes(roomOf(target)))
      expect(wrong.map(({ file, target }) => `${file} → ${target}`)).to.deep.equal([])
    })
  }

  it('nothing imports the command line, and only entries import entries', () => {
    const wrong = imports.filter(
      ({ file, own, target }) =>
        own &&
        (roomOf(target) === 'src/cli'
          ? roomOf(file) !== 'src/cli'
          : roomOf(target) === 'src/*' && !['src/*', 'src/cli'].includes(roomOf(file))),
    )
    expect(wrong.map(({ file, target }) => `${file} → ${target}`)).to.deep.equal([])
  })

  it('packages stay in their homes', () => {
    const wrong = imports.filter(
      ({ file, target }) => target in homes && !homes[target]!.some(home => file === home || file.startsWith(`${home}/`)),
    )
    expect(wrong.map(({ file, target }) => `${file} → ${target}`)).to.deep.equal([])
  })

  it('every file of the room of batches is written in RxJS, and no other file writes a queue of its own', () => {
    const room = 'src/pipeline/run/batches/'
    const without = files.filter(file => file.startsWith(room) && !imports.some(one => one.file === file && one.target === 'rxjs'))
    expect(without).to.deep.equal([])
    // A promise chained to the one before it, kept in a field or a variable; a list of functions that settle promises.
    const queue = /\b(\S+) = \1\.then\(|\.then\((\w+), \2\)|(push|unshift)\(\{? ?(resolve|reject)\b/
    expect(files.filter(file => !file.startsWith(room) && queue.test(read(file)))).to.deep.equal([])
  })

  it('only one file loads TensorFlow', () => {
    const loading = imports.filter(({ target, typeOnly }) => target.startsWith('@tensorflow/') && !typeOnly)
    expect(loading.map(({ file }) => file).filter(file => file !== 'src/tf.ts')).to.deep.equal([])
  })

  it('engine uses nothing but what Node has', () => {
    const foreign = filesIn('engine', /\.mjs$/)
      .flatMap(importsOf)
      .filter(({ own, target }) => !own && !target.startsWith('node:'))
    expect(foreign.map(({ file, target }) => `${file} → ${target}`)).to.deep.equal([])
  })

  it('no files import each other in a circle, types included', () => {
    const next = new Map(files.map(file => [file, importsOf(file).flatMap(({ own, target }) => (own ? [target] : []))]))
    const found = circlesIn(next)
    expect(found.map(circle => circle.join(' → '))).to.deep.equal([])
  })

  it('no files import each other in a circle where they run', () => {
    const next = new Map(
      files.map(file => [file, importsOf(file).flatMap(({ own, typeOnly, target }) => (own && !typeOnly ? [target] : []))]),
    )
    expect(circlesIn(next).map(circle => circle.join(' → '))).to.deep.equal([])
  })
})

/** Sets of files each of which leads to every other one (Tarjan 1972). */
function circlesIn(next: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const circles: string[][] = []
  const open: string[] = []
  const entered = new Map<string, number>()
  const done = new Set<string>()
  /** The earliest of the open files that a file leads back to. */
  const enter = (file: string): number => {
    const own = entered.size
    entered.set(file, own)
    open.push(file)
    let earliest = own
    for (const target of next.get(file) ?? []) {
      if (done.has(target)) continue
      earliest = Math.min(earliest, entered.get(target) ?? enter(target))
    }
    if (earliest === own) {
      const circle = open.splice(open.indexOf(file))
      for (const member of circle) done.add(member)
      if (circle.length > 1) circles.push(circle)
    }
    return earliest
  }
  for (const file of next.keys()) if (!entered.has(file)) enter(file)
  return circles
}
