/** What an editor shows of a program that lies in no file: the language service of the TypeScript compiler in JavaScript. */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { getLibFiles, ts } from '@ts-morph/common'

/** What programs import is parsed once for all of them. */
const parsed = ts.createDocumentRegistry()
let programs = 0
const libraries = new Map(getLibFiles().map(({ fileName, text }) => [`/lib/${fileName}`, text]))

/** A program of a few lines, as an editor sees it. */
export class EditedProgram {
  /** In the folder that its imports are relative to. */
  readonly #path = resolve(`test/types/program-${programs++}.ts`)
  readonly #service: ts.LanguageService

  constructor(readonly text: string) {
    const path = this.#path
    const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile('tsconfig.json', ts.sys.readFile).config, ts.sys, '.')
    const read = (file: string) =>
      file === path ? text : (libraries.get(file) ?? (existsSync(file) ? readFileSync(file, 'utf8') : undefined))
    const host: ts.LanguageServiceHost = {
      getCompilationSettings: () => ({ ...options, types: ['node'] }),
      getScriptFileNames: () => [path],
      getScriptVersion: () => '1',
      getScriptSnapshot: file => {
        const content = read(file)
        return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content)
      },
      getCurrentDirectory: () => process.cwd(),
      getDefaultLibFileName: settings => `/lib/${ts.getDefaultLibFileName(settings)}`,
      fileExists: file => file === path || libraries.has(file) || ts.sys.fileExists(file),
      readFile: read,
      directoryExists: ts.sys.directoryExists,
      getDirectories: ts.sys.getDirectories,
    }
    this.#service = ts.createLanguageService(host, parsed)
  }

  /** What appears over the first occurrence of a word: the type, and the documentation with its examples. */
  hover(word: string): { readonly type: string; readonly docs: string; readonly example: string } {
    const info = this.#service.getQuickInfoAtPosition(this.#path, this.text.search(new RegExp(`\\b${word}\\b`)))
    const example = info?.tags?.find(({ name }) => name === 'example')?.text
    return {
      type: ts.displayPartsToString(info?.displayParts),
      docs: ts.displayPartsToString(info?.documentation),
      example: ts.displayPartsToString(example),
    }
  }

  /** The compiler's errors by their lines, from 1. */
  errors(): ReadonlyMap<number, string> {
    const found = this.#service.getSemanticDiagnostics(this.#path).map(({ start, messageText }) => {
      const line = this.text.slice(0, start).split('\n').length
      return [line, ts.flattenDiagnosticMessageText(messageText, '\n')] as const
    })
    return new Map(found)
  }
}
