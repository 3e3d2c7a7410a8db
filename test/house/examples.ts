/** The examples of the docstrings as programs that a compiler can check: a file for each source, a function for each example. */
import { dirname, join, relative } from 'node:path'
import { filesIn, read } from './sources.js'

export interface Example {
  /** The source it stands in. */
  readonly file: string
  readonly line: number
  readonly code: string
}

/** Every `@example` of a source: what stands up to an empty line or the next tag. */
export function examplesIn(file: string): Example[] {
  const lines = read(file).split('\n')
  return lines.flatMap((line, i) => {
    if (!/^\s*\* @example\b/.test(line)) return []
    const end = lines.findIndex((other, j) => j > i && /^\s*\*(\s*$|\/| @\w)/.test(other))
    return [{ file, line: i + 1, code: lines.slice(i + 1, end).map(other => other.replace(/^\s*\* ?/, '')).join('\n') }] // biome-ignore format: one record
  })
}

/** The entries of the package by what users import. */
const entries: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(JSON.parse(read('package.json')).exports as Record<string, string | { readonly default: string }>).flatMap(
    ([name, target]) =>
      typeof target === 'string'
        ? []
        : [[name.replace('.', 'millrace'), target.default.replace('./dist/', 'src/').replace(/\.js$/, '.ts')]],
  ),
)

/** What an example may use without saying where it comes from, in this order: its source, the package's entries, the world of examples. */
const world = 'test/house/example-world.ts'

/** The names a file exports, its own and passed on. */
export function exportsOf(file: string): string[] {
  const text = read(file)
  const declared = [
    ...text.matchAll(/^export (?:declare )?(?:abstract )?(?:async )?(?:const|let|function\*?|class|type|interface) (\w+)/gm),
  ]
  const lists = [...text.matchAll(/^export (?:const |type )?\{([^}]*)\}/gm)].flatMap(([, names]) => names!.split(','))
  const listed = lists.map(name => name.replace(/.*\bas /, '').replace(/\btype /, '').trim()) // biome-ignore format: one line
  const passedOn = [...text.matchAll(/^export (?:type )?\* from '(\..+)'/gm)].flatMap(([, target]) =>
    exportsOf(join(dirname(file), target!.replace(/\.js$/, '.ts'))),
  )
  return [...new Set([...declared.map(([, name]) => name!), ...listed.filter(name => name !== ''), ...passedOn])]
}

/** The program of a source's examples, to be written into a folder two levels below the root; undefined where there are none. */
function programOf(file: string): string | undefined {
  const examples = examplesIn(file)
  if (examples.length === 0) return undefined
  const imports: string[] = []
  const functions = examples.map(({ code, line }) => {
    const body = code.replace(/^import .* from '(.+)'$/gm, (statement, name) => {
      imports.push(entries[name] ? statement.replace(name, toSource(entries[name])) : statement)
      return ''
    })
    return `async function line${line}() {\n${body.replace(/^export /gm, '')}\n}`
  })
  const text = functions.join('\n')
  const taken = new Set(imports.flatMap(statement => statement.match(/\w+/g) ?? []))
  for (const source of [file, ...Object.values(entries), world]) {
    const used = exportsOf(source).filter(name => !taken.has(name) && new RegExp(`(?<![.\\w])${name}\\b`).test(text))
    for (const name of used) taken.add(name)
    if (used.length > 0) imports.push(`import { ${used.join(', ')} } from '${toSource(source)}'`)
  }
  return `${imports.join('\n')}\n${text}\nexport {}\n`
}

const toSource = (file: string) => `../../${file.replace(/\.ts$/, '.js')}`

/** The programs by the name of their file; `src/util/config.ts` is `src--util--config.ts`. */
export function examplePrograms(): ReadonlyMap<string, string> {
  const programs = filesIn('src', /\.ts$/).map(file => [relative('.', file).replace(/[/\\]/g, '--'), programOf(file)] as const)
  return new Map(programs.filter((entry): entry is readonly [string, string] => entry[1] !== undefined))
}
