/** Runs `millrace` in a child process. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { program } from './program.js'

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface Started {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
}

interface StartOptions {
  readonly env?: Readonly<Record<string, string>>
  /** A module loaded before the program. */
  readonly preload?: URL
  /** Where it is started. Default: where the tests are. */
  readonly cwd?: string
}

/** Starts a command and collects what it writes. */
export function startMillrace(args: readonly string[], { env = {}, preload, cwd }: StartOptions = {}): Started {
  const preloads = preload ? ['--import', preload.href] : []
  const { FORCE_COLOR: _, ...inherited } = process.env
  const child = spawn(process.execPath, [...preloads, ...program, ...args], {
    env: { ...inherited, NO_COLOR: '1', ...env },
    ...(cwd === undefined ? {} : { cwd }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const written = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', chunk => {
      written[name] += chunk
    })
  }
  const ended = new Promise<Ended>(resolve => child.on('close', (code, signal) => resolve({ code, signal, ...written })))
  return { child, ended }
}

/** Runs a command to its end. */
export function millrace(...args: readonly string[]): Promise<Ended> {
  return startMillrace(args).ended
}

/** Runs a command to its end, and gives what it had loaded that belongs to TensorFlow: modules and libraries. */
export async function millraceLoading(...args: string[]): Promise<Ended & { readonly tensorflow: readonly string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-loaded-'))
  const file = join(folder, 'loaded.json')
  const ended = await startMillrace(args, { preload: new URL('loaded-modules.mjs', import.meta.url), env: { LOADED_MODULES: file } }).ended
  const loaded = JSON.parse(readFileSync(file, 'utf8')) as string[]
  rmSync(folder, { recursive: true })
  return { ...ended, tensorflow: loaded.filter(name => /tensorflow|tfjs/.test(name)) }
}

/** The path of a test's fixture, a pipeline file or any other file, from the file that asks. */
export function fileAt(path: string, from: string): string {
  return fileURLToPath(new URL(path, from))
}
