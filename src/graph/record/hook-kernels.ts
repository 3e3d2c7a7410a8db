/** Records kernels of tfjs-node that read values in JavaScript, or hide what they compute, as one operation each. */
import type { Tensor } from '../backend.js'
import { float, int, type } from '../ir/attributes.js'
import type { Restore } from './hooks.js'
import type { Recorder } from './recorder.js'

type Kernel = { kernelFunc(call: { inputs: Record<string, Tensor>; attrs: Record<string, unknown> }): Tensor }
type Rule = (recorder: Recorder, inputs: Record<string, Tensor>, attrs: Record<string, unknown>) => Tensor

const rules: Readonly<Record<string, Rule>> = {
  /** tfjs checks the indices' range first. */
  GatherV2: (recorder, { x, indices }, { axis, batchDims }) => {
    const at = recorder.constant({ splat: axis as number }, { shape: [], dtype: 'int32' })
    const inputs = [recorder.valueOf(x!), recorder.valueOf(indices!), at]
    const [Tparams, Tindices, Taxis] = inputs.map(({ dtype }) => type(dtype))
    const attributes = { Tparams: Tparams!, Tindices: Tindices!, Taxis: Taxis!, batch_dims: int(batchDims as number) }
    return recorder.tensorOf(recorder.add('GatherV2', attributes, inputs).outputs[0]!)
  },
  /** The derivative of relu; passes know it by this name. */
  Step: (recorder, { x }, { alpha }) =>
    recorder.tensorOf(recorder.add('Step', { alpha: float(alpha as number) }, [recorder.valueOf(x!)]).outputs[0]!),
}

export function hookKernels(recorder: Recorder): Restore[] {
  return Object.entries(rules).map(([name, rule]) => {
    const kernel = recorder.tf.getKernel(name, 'tensorflow') as unknown as Kernel
    return recorder.hook(kernel, { kernelFunc: ({ inputs, attrs }) => rule(recorder, inputs, attrs) })
  })
}
