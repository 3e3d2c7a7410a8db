/**
 * A small world to set up in: a copy of `engine/` beside a stand-in for tfjs-node, and a "TensorFlow" of two functions in a wheel of a
 * few kilobytes that the real pip serves from a folder. Everything else (pip, hash, unpacking, compiler, loading) is the real thing.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** A module of `engine/`, which has no types for TypeScript. */
export const engine = (name: string): Promise<any> => import(join(repository, 'engine', `${name}.mjs`))

const binding = `
#include <node_api.h>
extern "C" int tensorflow_answer();
extern "C" int framework_answer();
static napi_value init(napi_env env, napi_value exports) {
  napi_value value;
  napi_create_int32(env, tensorflow_answer() + framework_answer(), &value);
  napi_set_named_property(env, exports, "answer", value);
  return exports;
}
NAPI_MODULE(tfjs_binding, init)
`

const wheelFile = 'tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl'

const buildWheel = `
import os, sys, zipfile
folder, target = sys.argv[1:]
info = 'tensorflow_cpu-2.21.0.dist-info/'
with zipfile.ZipFile(target, 'w', zipfile.ZIP_DEFLATED) as wheel:
    for path, _, names in os.walk(folder):
        for name in names:
            full = os.path.join(path, name)
            wheel.write(full, os.path.relpath(full, folder))
    wheel.writestr(info + 'METADATA', 'Metadata-Version: 2.1\\nName: tensorflow_cpu\\nVersion: 2.21.0\\n')
    wheel.writestr(info + 'WHEEL', 'Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: false\\nTag: cp311-cp311-manylinux_2_27_x86_64\\n')
    wheel.writestr(info + 'RECORD', '')
`

/** The wheel of every world, once one has made it. */
let wheel: Buffer | undefined

export interface Outcome {
  readonly code: number | null
  readonly text: string
}

export class World {
  readonly folder = mkdtempSync(join(tmpdir(), 'millrace-world-'))
  readonly cache = join(this.folder, 'cache')
  readonly index = join(this.folder, 'index')

  constructor() {
    mkdirSync(this.index)
    this.clone('clone')
  }

  /** A tiny TensorFlow in the index; its hash is what the clone's table asks for unless another one is given. */
  offerWheel(): void {
    wheel ??= this.#makeWheel()
    writeFileSync(this.wheel, wheel)
    this.pin({})
  }

  #makeWheel(): Buffer {
    const parts = join(this.folder, 'parts')
    const headers = [
      'tensorflow/c/c_api.h',
      'tensorflow/core/platform/ctstring.h',
      'tsl/platform/ctstring.h',
      'xla/tsl/c/tsl_status.h',
      'other/unused.h',
    ]
    for (const header of headers) this.write(join(parts, 'tensorflow/include', header), '')
    for (const [name, symbol, answer] of [
      ['libtensorflow_cc.so.2', 'tensorflow_answer', 40],
      ['libtensorflow_framework.so.2', 'framework_answer', 2],
    ] as const) {
      const source = join(this.folder, `${symbol}.c`)
      this.write(source, `int ${symbol}(void) { return ${answer}; }\n`)
      must('gcc', ['-shared', '-fPIC', `-Wl,-soname,${name}`, source, '-o', join(parts, 'tensorflow', name)])
    }
    must('python3', ['-c', buildWheel, parts, this.wheel])
    return readFileSync(this.wheel)
  }

  get wheel(): string {
    return join(this.index, wheelFile)
  }

  /** Rewrites the table of wheels of a clone: this world's wheel, on any platform the tests run on. */
  pin(changes: { sha256?: string; keptBytes?: number; requirement?: string }, name = 'clone'): void {
    const original = readFileSync(join(repository, 'engine/library/wheels.mjs'), 'utf8')
    const row = {
      requirement: 'tensorflow-cpu==2.21.0',
      file: wheelFile,
      sha256: createHash('sha256').update(readFileSync(this.wheel)).digest('hex'),
      bytes: statSync(this.wheel).size,
      keptBytes: 100_000,
      ...changes,
    }
    const table = `export const WHEELS = { [\`\${process.platform}-\${process.arch}-cpu\`]: [{ ...${JSON.stringify(row)}, keep: tensorflowParts }] }\n`
    writeFileSync(join(this.folder, name, 'engine/library/wheels.mjs'), original.replace(/export const WHEELS = \{[\s\S]*?\n\}\n/, table))
  }

  /** Another clone beside the first, with nothing set up in it. */
  clone(name: string): string {
    const folder = join(this.folder, name)
    cpSync(join(repository, 'engine'), join(folder, 'engine'), { recursive: true })
    this.write(join(folder, 'package.json'), '{ "name": "millrace", "version": "0.0.0", "type": "module" }')
    const tfjs = join(folder, 'node_modules/@tensorflow/tfjs-node-gpu')
    this.write(join(tfjs, 'package.json'), '{ "name": "@tensorflow/tfjs-node-gpu", "version": "4.22.0" }')
    this.write(join(tfjs, 'binding/binding.cc'), binding)
    this.write(join(tfjs, 'scripts/install.js'), "console.error('Error: getaddrinfo ENOTFOUND'); process.exit(1)")
    symlinkSync(join(repository, 'node_modules/node-api-headers'), join(folder, 'node_modules/node-api-headers'))
    return folder
  }

  get addon(): string {
    return join(this.folder, 'clone/node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8/tfjs_binding.node')
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }

  /** A folder for PATH that holds only the programs named (links to the real ones) and scripts given as shell text. */
  path(programs: Record<string, string | true>): string {
    const folder = mkdtempSync(join(this.folder, 'bin-'))
    for (const [name, script] of Object.entries({ node: true, ...programs })) {
      if (script === true) symlinkSync(must('/bin/sh', ['-c', `command -v ${name}`]), join(folder, name))
      else {
        writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`)
        chmodSync(join(folder, name), 0o755)
      }
    }
    return folder
  }

  env(changes: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
    const { CXX: _, npm_execpath: __, ...env } = process.env
    return { ...env, MILLRACE_CACHE: this.cache, PIP_NO_INDEX: '1', PIP_FIND_LINKS: this.index, ...changes }
  }

  start(args: readonly string[], { env = {}, clone = 'clone' }: { env?: NodeJS.ProcessEnv; clone?: string } = {}) {
    const cwd = join(this.folder, clone)
    const child = spawn(process.execPath, ['engine/run.mjs', ...args], { cwd, env: this.env(env), stdio: ['ignore', 'pipe', 'pipe'] })
    let text = ''
    const said = (part: Buffer) => {
      text += part
    }
    child.stdout.on('data', said)
    child.stderr.on('data', said)
    const done = new Promise<Outcome>(resolve => child.on('close', code => resolve({ code, text })))
    return { child, done, saw: (pattern: RegExp) => waitFor(() => pattern.test(text)) }
  }

  run(args: readonly string[], options: { env?: NodeJS.ProcessEnv; clone?: string } = {}): Promise<Outcome> {
    return this.start(args, options).done
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** Waits until something holds, at most five minutes. */
export async function waitFor(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 30_000; tries++) {
    if (holds()) return
    await new Promise(resolve => setTimeout(resolve, 10))
  }
  throw new Error('it did not happen within five minutes')
}

function must(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command}: ${stderr}`)
  return stdout.trim()
}
