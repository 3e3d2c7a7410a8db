/** What a benchmark ran on. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, cpus, totalmem, type } from 'node:os'

export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryBytes: number
  readonly os: string
}

/** The processor, its cores and memory, and the system. */
export function describeMachine(): Machine {
  const processors = cpus()
  return { cpu: processors[0]?.model.trim() || arch(), cores: processors.length, memoryBytes: totalmem(), os: `${systemName()}, ${arch()}` }
}

/** The versions of what the main process knows. */
export function describeVersions(): Record<string, string> {
  const read = (file: string | URL): string => JSON.parse(readFileSync(file, 'utf8')).version
  return {
    millrace: read(new URL('../../package.json', import.meta.url)),
    node: process.versions.node,
    tfjs: read(createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu/package.json')),
  }
}

/** The version of TensorFlow's C library under tfjs. */
export function engineVersion(tf: { backend(): unknown }): string {
  return (tf.backend() as { readonly binding?: { readonly TF_Version?: string } }).binding?.TF_Version ?? 'unknown'
}

function systemName(): string {
  try {
    return /^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? type()
  } catch {
    return type()
  }
}
