/** Facts about the engine that a run's models use. */
import type { Model } from '../../pipeline/index.js'
import type { EngineFacts } from './machine.js'

/** The parts of TensorFlow.js and its addon read here. */
interface Engine {
  backend(): { readonly isUsingGpuDevice?: boolean; readonly binding?: { readonly TF_Version?: string } }
}

/** The engine of the first model that runs on TensorFlow; undefined if none does. */
export function engineFacts(models: Iterable<Model>): EngineFacts | undefined {
  for (const model of models) {
    const { network } = model as Model & { readonly network?: { readonly tf?: Engine } }
    const backend = network?.tf?.backend()
    const tensorflow = backend?.binding?.TF_Version
    if (tensorflow !== undefined) return { tensorflow, ...(backend?.isUsingGpuDevice ? { gpu: 'NVIDIA, through CUDA' } : {}) }
  }
  return undefined
}
