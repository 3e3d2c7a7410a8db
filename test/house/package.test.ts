/** What a package of Millrace contains, and that none is made without its build. */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { temporaryFolder } from '../support/temporary-folder.js'
import { read } from './sources.js'

const manifest = JSON.parse(read('package.json'))

describe('house: the package', () => {
  const folders = temporaryFolder()
  after(() => folders.remove())

  it('has whatever its entries, its command and the pictures of its README name', () => {
    const pictures = [...read('README.md').matchAll(/!\[[^\]]*\]\((?!https?:)([^)]+)\)/g)].map(([, path]) => path!)
    const entries = Object.values<string | Record<string, string>>(manifest.exports).flatMap(entry =>
      typeof entry === 'string' ? [entry] : Object.values(entry),
    )
    const named = [...entries, ...Object.values<string>(manifest.bin), ...pictures].map(path => path.replace('./', ''))
    const isPacked = (path: string) =>
      path === 'package.json' || manifest.files.some((entry: string) => path === entry || path.startsWith(`${entry}/`))
    expect(pictures).to.have.length.above(0)
    expect(named.filter(path => !isPacked(path))).to.deep.equal([])
  })

  it('has source maps with their sources, which are not shipped', () => {
    expect(manifest.files).not.to.include('src')
    expect(JSON.parse(read('tsconfig.build.json')).compilerOptions).to.include({ sourceMap: true, inlineSources: true })
  })

  it('is not made before there is a build, and is made after it', () => {
    const clone = folders.in('clone')
    mkdirSync(clone)
    for (const name of ['package.json', '.npmrc', '.ci', 'README.md'])
      cpSync(name, join(clone, name), { recursive: true, verbatimSymlinks: true })
    const pack = () => spawnSync('npm', ['pack', '--offline'], { cwd: clone, encoding: 'utf8', shell: process.platform === 'win32' })
    const packages = () => readdirSync(clone).filter(name => name.endsWith('.tgz'))
    const early = pack()
    expect([early.status === 0, packages()], early.stderr).to.deep.equal([false, []])
    expect(early.stderr).to.include('packed-after-a-build')
    mkdirSync(join(clone, 'dist'))
    writeFileSync(join(clone, 'dist/index.js'), '')
    const late = pack()
    expect([late.status, packages()], late.stderr).to.deep.equal([0, [`millrace-${manifest.version}.tgz`]])
    expect(late.stderr).to.include('dist/index.js')
    expect(existsSync(join(clone, 'dist', packages()[0]!))).to.equal(false)
  })
})
