/** What decides the last bits of TensorFlow's numbers besides its version. It reads its environment once, when it is loaded. */
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { isMainThread } from 'node:worker_threads'

/** How TensorFlow computes in this process. */
export interface EngineSettings {
  /** Threads that share the work of one operation: sums are split among them. */
  readonly threads: number
  /** Environment variables that choose other kernels, those that are set. */
  readonly variables: Readonly<Record<string, string>>
}

const THREADS = 'TF_NUM_INTRAOP_THREADS'
const names = [
  'TF_ENABLE_ONEDNN_OPTS',
  'ONEDNN_MAX_CPU_ISA',
  'DNNL_MAX_CPU_ISA',
  'ONEDNN_DEFAULT_FPMATH_MODE',
  'TF_XLA_FLAGS',
  'TF_DETERMINISTIC_OPS',
  'NVIDIA_TF32_OVERRIDE',
  'MILLRACE_TUNE',
] as const

let loaded: EngineSettings | undefined

/** The settings that TensorFlow was loaded with, or would be loaded with now. */
export function engineSettings(): EngineSettings {
  if (loaded) return loaded
  const given = Number(process.env[THREADS])
  const set = names.flatMap(name => (process.env[name] === undefined ? [] : [[name, process.env[name]!] as const]))
  return { threads: given > 0 ? given : usableProcessors(), variables: Object.fromEntries(set) }
}

/** Called when TensorFlow is loaded: later changes of the environment have no effect. */
export function fixEngineSettings(): void {
  loaded ??= engineSettings()
}

/**
 * Makes TensorFlow compute as it did with other settings, by setting the environment variables that are not set. Without effect once
 * TensorFlow is loaded, and in worker threads, whose environment is a copy.
 */
export function adoptEngineSettings({ threads, variables }: EngineSettings): void {
  if (loaded || !isMainThread) return
  if (!process.env[THREADS] && threads !== engineSettings().threads) process.env[THREADS] = `${threads}`
  for (const name of names) if (process.env[name] === undefined && variables[name] !== undefined) process.env[name] = variables[name]
}

/** The processors that this process may use, as TensorFlow counts them: it knows nothing of quotas. */
function usableProcessors(): number {
  try {
    const [, list] = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8'))!
    return list!.split(',').reduce((count, range) => {
      const [first, last = first] = range.split('-').map(Number)
      return count + last! - first! + 1
    }, 0)
  } catch {
    return availableParallelism()
  }
}
