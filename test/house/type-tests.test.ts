/** Every public method of the package's classes has a type test: a call of it stands in `test/types`. */
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { filesIn } from './sources.js'

const typeTests = filesIn('test/types', /\.test-d\.ts$/)
  .map(file => readFileSync(file, 'utf8'))
  .join('\n')

/** Rooms whose classes users meet. */
const rooms = ['src/pipeline/', 'src/dataset/', 'src/metrics/', 'src/samplers/']
const inner = ['src/pipeline/run/', 'src/pipeline/yaml/']
/** Classes that no entry exports. */
const internal = [
  'src/dataset/order/walker.ts',
  'src/dataset/sources/columns.ts',
  'src/pipeline/stepping.ts',
  'src/pipeline/description/checks/known-components.ts',
]
const more = ['src/pipeline/run/session/lock.ts', 'src/util/config.ts']

const files = filesIn('src', /\.ts$/).filter(
  file =>
    more.includes(file) ||
    (!internal.includes(file) && rooms.some(room => file.startsWith(room)) && !inner.some(room => file.startsWith(room))),
)

/** Public methods of exported classes: what is indented by two, is no constructor and not marked internal. */
function methodsOf(file: string): string[] {
  const lines = readFileSync(file, 'utf8').split('\n')
  let isExported = false
  return lines.flatMap((line, i) => {
    if (/^(export )?(abstract )?class /.test(line) || /^export (abstract )?class /.test(line)) isExported = line.startsWith('export')
    if (line === '}') isExported = false
    const method = /^ {2}(?:static )?(?:async )?\*?([a-z]\w*)(?:<.*>)?\((?:.*\{)?$/.exec(line)?.[1]
    if (!isExported || !method || ['constructor', 'if'].includes(method)) return []
    const before = lines.slice(Math.max(0, i - 12), i).join('\n')
    const doc = before.slice(before.lastIndexOf('/**'))
    return doc.includes('@internal') && !/\n {2}\}/.test(doc) ? [] : [method]
  })
}

describe('house: type tests', () => {
  const found = files.map(file => ({ file, methods: [...new Set(methodsOf(file))] })).filter(({ methods }) => methods.length > 0)

  it('finds the classes', () => {
    expect(found.flatMap(({ methods }) => methods)).to.include.members(['run', 'sometimes', 'setConfig', 'split', 'acquire'])
  })

  for (const { file, methods } of found) {
    it(`${file}: ${methods.length} methods`, () => {
      const untested = methods.filter(method => !new RegExp(`\\.${method}\\(`).test(typeTests))
      expect(untested).to.deep.equal([])
    })
  }
})
