import { mkdirSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import { isLeftover } from '../../src/util/files/durable-folder.js'
import { toFolderName, toFolderNames } from '../../src/util/files/folder-name.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const folded = (name: string) => name.normalize('NFC').toUpperCase().toLowerCase()

describe('names of folders', () => {
  const kept = ['net', 'ResNet 50', 'a.b', 'se-net_2', 'альфа', '模型', 'é', 'm!', '-x', 'a~b']
  for (const name of kept) {
    it(`${name} stays`, () => {
      expect(toFolderName(name)).to.equal(name)
    })
  }

  const changed: Readonly<Record<string, string>> = {
    '': '_~',
    '.': '_~',
    '..': '_~',
    '../../net': '__.._net~',
    'm?': 'm_~',
    'm*': 'm_~',
    'a/b': 'a_b~',
    'a\\b': 'a_b~',
    ' a': '_a~',
    'a.': 'a_~',
    'a\u0000b': 'a_b~',
    'a\u001b[31mb': 'a_[31mb~',
    'a\u202eb': 'a_b~',
    con: '_con~',
    'LPT1.txt': '_LPT1.txt~',
    'e\u0301': 'é~',
    'a~0123456789': 'a~0123456789~',
  }
  for (const [name, start] of Object.entries(changed)) {
    it(`${JSON.stringify(name)} becomes ${start}…`, () => {
      expect(toFolderName(name).slice(0, -10)).to.equal(start)
      expect(toFolderName(name)).to.match(/~[0-9a-f]{10}$/)
    })
  }

  const alike = [
    ['m?', 'm*', 'm:', 'm_'],
    ['альфа', 'бета', 'третья'],
    ['A', 'a', 'a'.repeat(300), 'A'.repeat(300), `${'a'.repeat(299)}b`],
    ['é', 'e\u0301', 'É'],
    ['ß', 'SS', 'ss', 'ẞ'],
    ['..', '.', '', ' ', '. '],
    ['con', 'CON', 'con.', 'con.txt', '_con'],
    ['\ud800', '\udfff', '\ufffd'],
  ]
  for (const names of alike) {
    it(`${names.map(name => JSON.stringify(name.slice(0, 8))).join(', ')} have a folder each, on a disk that ignores case too`, () => {
      const folders = toFolderNames(names)
      expect(new Set(folders.map(folded)).size).to.equal(names.length)
    })
  }

  it('of any names are different ones that a disk takes, below their folder, and no leftovers', () => {
    const root = temporaryFolder()
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: 'binary', maxLength: 120 }), { maxLength: 8 }), names => {
        const folders = toFolderNames(names)
        expect(new Set(folders.map(folded)).size).to.equal(names.length)
        for (const folder of folders) {
          expect(resolve(root.path, folder)).to.equal(join(root.path, folder))
          expect(isLeftover(folder)).to.equal(false)
          mkdirSync(root.in(folder), { recursive: true })
          expect(readdirSync(root.path)).to.include(folder)
        }
      }),
      { numRuns: 30, seed: 1 },
    )
    root.remove()
  })
})
