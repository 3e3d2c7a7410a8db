/** Programs that the benchmark runs, each in a process of its own, so that one's memory and threads do not weigh on the other's. */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { root } from './places.js'
import { BenchProblem } from './problem.js'

export interface ChildResult {
  readonly stdout: string
  /** Milliseconds from the start of the process to its first output. */
  readonly firstOutputMs: number
}

/** Runs a program to its end. An aborted signal ends it, at once; what it says on stderr is told only where it fails. */
export function runChild(command: string, args: readonly string[], signal: AbortSignal): Promise<ChildResult> {
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const output = { stdout: '', stderr: '' }
    let firstOutputMs = Number.NaN
    let failure: Error | undefined
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    const stop = () => child.kill('SIGKILL')
    signal.addEventListener('abort', stop)
    child.stdout.setEncoding('utf8').on('data', text => {
      if (output.stdout === '') firstOutputMs = performance.now() - started
      output.stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', text => {
      output.stderr += text
    })
    child.on('error', error => {
      failure = error
    })
    child.on('close', (code, ended) => {
      signal.removeEventListener('abort', stop)
      if (signal.aborted) return reject(signal.reason)
      if (code === 0) return resolve({ stdout: output.stdout, firstOutputMs })
      const status = code ?? 128 + (constants.signals[ended ?? 'SIGTERM'] ?? 0)
      const said = failure?.message ?? output.stderr.trim().split('\n').slice(-20).join('\n')
      reject(new BenchProblem(`a measuring process failed (${status}):\n${said}`, 2))
    })
  })
}

/** Runs a TypeScript file of the benchmark with what it is told as JSON, and reads the line of JSON it prints. */
export async function measureHere<T>(file: string, told: object, signal: AbortSignal, flags: readonly string[] = []): Promise<T> {
  const { stdout } = await runChild(process.execPath, [...flags, '--import', 'tsx', file, JSON.stringify(told)], signal)
  return readLine(stdout)
}

/** Runs a Python file and reads the line of JSON it prints. */
export async function measurePython<T>(python: string, file: string, args: readonly string[], signal: AbortSignal): Promise<T> {
  const { stdout } = await runChild(python, [file, ...args], signal)
  return readLine(stdout)
}

/** The last line of an output, which is JSON. */
function readLine<T>(stdout: string): T {
  const line = stdout.trim().split('\n').at(-1) ?? ''
  try {
    return JSON.parse(line) as T
  } catch {
    throw new BenchProblem(`a measuring process printed no JSON in its last line: ${line.slice(0, 200)}`, 2)
  }
}
