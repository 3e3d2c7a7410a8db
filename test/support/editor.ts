/** The language server that editors run on YAML files, with the schema of experiments. */
import { getLanguageService, type LanguageService, TextDocument } from 'yaml-language-server'

type Document = Parameters<LanguageService['doHover']>[0]

export class Editor {
  readonly #service: LanguageService
  #documents = 0

  /** `customTags` is the setting `yaml.customTags`: what a tag makes of a value is an expression, which the schema knows as a map. */
  constructor(schema: object, customTags: readonly string[]) {
    const written = JSON.stringify(schema)
    this.#service = getLanguageService({
      // Also where the first line of a file names its schema.
      schemaRequestService: () => Promise.resolve(written),
      workspaceContext: { resolveRelativePath: path => path },
      telemetry: {
        send() {},
        sendTrack() {},
        sendError: (what: string, error: unknown) => Promise.reject(new Error(`${what}: ${JSON.stringify(error)}`)),
      } as never,
    })
    const schemas = [{ uri: 'file:///schema.json', fileMatch: ['*.yaml'], schema: JSON.parse(written) }]
    this.#service.configure({ validate: true, hover: true, completion: true, customTags: [...customTags], schemas })
  }

  /** What is underlined. */
  async underlined(text: string): Promise<string[]> {
    const document = this.#open(text)
    const problems = await this.#service.doValidation(document, false)
    return problems.map(({ range }) => document.getText(range))
  }

  /** The text shown over the first place of a word. */
  async hover(text: string, word: string): Promise<string> {
    const document = this.#open(text)
    const found = await this.#service.doHover(document, document.positionAt(text.indexOf(word) + 1))
    return (found?.contents as { value: string } | undefined)?.value ?? ''
  }

  /** What is offered after the first place of what is typed. */
  async offered(text: string, typed: string): Promise<string[]> {
    const document = this.#open(text)
    const { items } = await this.#service.doComplete(document, document.positionAt(text.indexOf(typed) + typed.length), false)
    return items.map(({ label }) => label)
  }

  #open(text: string): Document {
    this.#documents += 1
    return TextDocument.create(`file:///${this.#documents}.yaml`, 'yaml', 1, text) as Document
  }
}
