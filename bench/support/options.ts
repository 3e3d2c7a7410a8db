/** Options that several commands take. */
import { InvalidArgumentError, Option } from 'commander'
import { engineNames } from '../../src/models.js'

/** A whole number above 0. */
export function count(text: string): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < 1) throw new InvalidArgumentError('It takes a whole number above 0.')
  return value
}

/** The compiled engine where there is one. */
export function defaultEngine(): string {
  const known: readonly string[] = engineNames
  return known.includes('graph') ? 'graph' : 'eager'
}

export const engineOption = () =>
  new Option('--engine <name>', 'how the training step is computed').choices(engineNames).default(defaultEngine())
export const jsonOption = () => new Option('--json', 'print the result as JSON')
export const recordOption = () => new Option('--record', 'keep the result in bench/results')
export const peersOption = () =>
  new Option('--peers <dir>', 'take turns with Python programs, in an environment made by bench/peers/setup.sh')

/** What a result's file is called beside its kind: whatever differs from the defaults. */
export function suffixOf({ se = false, engine }: { readonly se?: boolean; readonly engine: string }): string {
  return `${se ? '-se' : ''}${engine === defaultEngine() ? '' : `-${engine}`}`
}

/** What a command is told beside its options. */
export interface Asked {
  /** The command line as a reader would type it. */
  readonly command: string
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
}

const folders: Readonly<Record<string, string>> = { '--peers': 'DIR', '--batchflow': 'FILE' }

/** The command line with words in place of folders, without what does not change the figures. */
export function describeCommand(args: readonly string[]): string {
  const words = args.map((word, i) => {
    const [name, value] = word.split('=')
    if (folders[name!] && value !== undefined) return `${name}=${folders[name!]}`
    return folders[args[i - 1] ?? ''] ?? word
  })
  return ['npm run bench --', ...words.filter(word => word !== '--json' && word !== '--record')].join(' ')
}
