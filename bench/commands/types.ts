/** `bench types`: what the compiler's check of types costs, for this repository and for long chains of calls. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Asked } from '../support/options.js'
import { alignColumns, grouped, type Presentation, present, progress, type Result, resultHead } from '../support/result.js'

interface Cost {
  readonly instantiations: number
  readonly checkSeconds: number
}

/** The result of `types`. */
interface TypesResult extends Result {
  readonly kind: 'types'
  /** By what is checked; a chain without what it imports. */
  readonly costs: Readonly<Record<string, Cost>>
}

const imports = "import { B, Dataset, ImagesBatch, V } from '../src/index.js'\nconst data = new Dataset(3, ImagesBatch)\n"
const times = (count: number, call: (i: number) => string) => Array.from({ length: count }, (_, i) => call(i)).join('')

const programs: Readonly<Record<string, string>> = {
  'nothing but imports': '',
  '300 calls': `data.p.initVariable('n', { default: 0 })${times(150, () => ".update(V('n'), V('n').add(1)).normalize({ scale: 255 })")}`,
  '300 variables': `data.p${times(300, i => `.initVariable('n${i}', { default: 0 })`)}`,
  '50 pipelines, each with a variable of its own': times(
    50,
    i => `data.p.initVariable('x${i}').predictModel('m', { fetches: 'loss', feed: { images: B('images') }, saveTo: V('x${i}') })\n`,
  ),
}

/** Checks the repository and each program once, in a process of its own. */
export function measureTypes(options: Presentation, asked: Asked): void {
  const folder = resolve('.bench-types')
  mkdirSync(folder, { recursive: true })
  try {
    const costs: Record<string, Cost> = { 'the whole repository': check('.') }
    for (const [name, text] of Object.entries(programs)) {
      progress(name)
      writeFileSync(join(folder, 'program.ts'), imports + text)
      writeFileSync(
        join(folder, 'tsconfig.json'),
        JSON.stringify({ extends: '../tsconfig.json', compilerOptions: { rootDir: '..', types: ['node'] }, include: ['program.ts'] }),
      )
      costs[name] = check(folder)
    }
    const rows = Object.entries(costs).map(([name, cost]) => [name, grouped(cost.instantiations), cost.checkSeconds.toFixed(2)])
    const result: TypesResult = { ...resultHead('types', asked, {}), kind: 'types', costs }
    present(result, 'types', alignColumns([['', 'instantiations', 'check, s'], ...rows]), options)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function check(project: string): Cost {
  const compiler = resolve('node_modules/typescript/bin/tsc')
  const text = execFileSync(process.execPath, [compiler, '-p', project, '--noEmit', '--extendedDiagnostics'], { encoding: 'utf8' })
  const figure = (name: string) => Number(new RegExp(`${name}:\\s+([\\d.]+)`).exec(text)?.[1])
  return { instantiations: figure('Instantiations'), checkSeconds: figure('Check time') }
}
