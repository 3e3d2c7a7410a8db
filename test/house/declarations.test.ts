/** Every type that a public signature names can be imported from an entry. */
import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { getLibFiles, ts } from '@ts-morph/common'
import { expect } from 'chai'

/** The entries whose signatures are walked. */
const entries = readdirSync('src').filter(file => file.endsWith('.ts'))

describe('house: declarations', () => {
  it('a type that is named in a public signature is exported by an entry', function () {
    this.timeout(120_000)
    const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile('tsconfig.json', ts.sys.readFile).config, ts.sys, '.')
    const libraries = new Map(getLibFiles().map(({ fileName, text }) => [`/lib/${fileName}`, text]))
    const host = ts.createCompilerHost(options)
    const program = ts.createProgram(
      entries.map(file => resolve('src', file)),
      { ...options, types: ['node'] },
      {
        ...host,
        getDefaultLibFileName: settings => `/lib/${ts.getDefaultLibFileName(settings)}`,
        getDefaultLibLocation: () => '/lib',
        fileExists: file => libraries.has(file) || host.fileExists(file),
        readFile: file => libraries.get(file) ?? host.readFile(file),
        getSourceFile: (file, version) => {
          const text = libraries.get(file) ?? ts.sys.readFile(file)
          return text === undefined ? undefined : ts.createSourceFile(file, text, version)
        },
      },
    )
    const checker = program.getTypeChecker()
    const original = (symbol: ts.Symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol)
    const exported = new Set(
      entries.flatMap(file => {
        const module = checker.getSymbolAtLocation(program.getSourceFile(resolve('src', file))!)!
        return checker.getExportsOfModule(module).map(original)
      }),
    )
    expect(exported.size).to.be.above(200)

    const missing = new Set<string>()
    const isHidden = (node: ts.Node) =>
      ts.getJSDocTags(node).some(({ tagName }) => tagName.text === 'internal') ||
      (ts.canHaveModifiers(node) &&
        ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword || kind === ts.SyntaxKind.ProtectedKeyword)) ||
      (ts.isClassElement(node) && node.name !== undefined && ts.isPrivateIdentifier(node.name))
    const isExported = (node: ts.Node) =>
      ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    /** Signatures only: no bodies, no initial values, nothing that is marked as not for users. */
    const visit = (node: ts.Node, of: string): void => {
      if (isHidden(node) || ts.isBlock(node) || ts.isExpressionWithTypeArguments(node)) return
      if (ts.isTypeReferenceNode(node)) {
        const symbol = checker.getSymbolAtLocation(node.typeName)
        const found = symbol && original(symbol)
        const declared = found?.declarations?.[0]
        // A name that its own file keeps to itself stands for what is written there.
        const isOurs = declared && isExported(declared) && declared.getSourceFile().fileName.startsWith(resolve('src'))
        if (found && declared && isOurs && !ts.isTypeParameterDeclaration(declared) && !exported.has(found))
          missing.add(`${found.name} of ${of}`)
      }
      ts.forEachChild(node, child => {
        if (!ts.isExpression(child) || ts.isIdentifier(child)) visit(child, of)
      })
    }
    for (const symbol of exported) {
      for (const declaration of symbol.declarations ?? []) {
        // An alias may be made of types that only it needs.
        if (declaration.getSourceFile().fileName.startsWith(resolve('src')) && !ts.isTypeAliasDeclaration(declaration))
          visit(declaration, symbol.name)
      }
    }
    expect([...missing].sort()).to.deep.equal([])
  })
})
