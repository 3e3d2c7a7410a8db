/** Libraries of file formats are loaded by those who read or write such files, and nobody else needs them. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'

const source = (path: string) => JSON.stringify(new URL(`../../src/${path}`, import.meta.url).href)
const fixture = (name: string) => JSON.stringify(fileURLToPath(new URL(`fixtures/${name}`, import.meta.url)))

/** What a script prints in a process where these packages cannot be loaded. */
function runWithout(packages: readonly string[], script: string): unknown {
  const hooks = `
    const blocked = ${JSON.stringify(packages)}
    export async function resolve(name, context, next) {
      if (blocked.some(other => name === other || name.startsWith(other + '/'))) throw new Error(name + ' is not here')
      return next(name, context)
    }`
  const code = `
    import { register } from 'node:module'
    register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hooks)}))
    ${script}`
  const output = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', code], {
    encoding: 'utf8',
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
  })
  return JSON.parse(output)
}

describe('libraries of file formats', () => {
  const all = ['sharp', 'hyparquet', 'hyparquet-writer', 'hyparquet-compressors', 'csv-parse', 'csv-stringify', 'fflate', 'tinyglobby']

  it('import millrace loads none of them; datasets, pipelines and .npy files work without', () => {
    const seen = runWithout(
      all,
      `const { Dataset, ImagesBatch, readNpy } = await import(${source('index.ts')})
       const rows = await readNpy(${fixture('rows.npy')})
       const data = new Dataset(20, ImagesBatch, { preloaded: { images: rows } })
       const batch = await data.p.normalize({ scale: 2 }).nextBatch(2)
       console.log(JSON.stringify(batch.images.toNested()))`,
    )
    expect(seen).to.deep.equal([
      [0, 0.5, 1],
      [1.5, 2, 2.5],
    ])
  })

  it('where sharp cannot be loaded, images say so and everything else goes on', () => {
    const seen = runWithout(
      ['sharp'],
      `const { Dataset, ImagesBatch, readCsv, readImage } = await import(${source('index.ts')})
       const error = await readImage(${fixture('grey.png')}).catch(error => error)
       const { id } = await readCsv(${fixture('people.csv')})
       console.log(JSON.stringify([error.code, /npm install sharp/.test(error.message), id]))`,
    )
    expect(seen).to.deep.equal(['sharp-missing', true, ['a', 'b', 'c', 'd']])
  })
})
