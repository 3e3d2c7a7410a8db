/** The versions and machine of a run, for results.json. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus, totalmem } from 'node:os'
import { engineSettings } from '../../models/engine-settings.js'
import type { RunMachine, RunVersions } from '../../report/index.js'

/** Facts about the engine once it is loaded. */
export interface EngineFacts {
  /** The version of TensorFlow's C library. */
  readonly tensorflow: string
  /** The accelerator's name, if one is used. */
  readonly gpu?: string
}

/** The version of a library that no model has loaded. */
export const NOT_LOADED = 'not loaded'

/** The versions of Millrace, Node, TensorFlow.js and TensorFlow. */
export function describeVersions(engine?: EngineFacts): RunVersions {
  return {
    millrace: millraceVersion(),
    node: process.versions.node,
    tfjs: packageVersion('@tensorflow/tfjs-node-gpu'),
    tensorflow: engine?.tensorflow ?? NOT_LOADED,
  }
}

/** The processor, its cores and memory, and the accelerator. */
export function describeMachine(engine?: EngineFacts): RunMachine {
  const processors = cpus()
  return {
    cpu: processors[0]?.model.trim() || process.arch,
    cores: processors.length,
    memoryBytes: totalmem(),
    ...(engine ? { threads: engineSettings().threads } : {}),
    ...(engine?.gpu ? { gpu: engine.gpu } : {}),
  }
}

/** The version in Millrace's own package.json. */
export function millraceVersion(): string {
  return versionIn(new URL('../../../package.json', import.meta.url))
}

function packageVersion(name: string): string {
  try {
    return versionIn(createRequire(import.meta.url).resolve(`${name}/package.json`))
  } catch {
    return 'not installed'
  }
}

function versionIn(file: string | URL): string {
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
