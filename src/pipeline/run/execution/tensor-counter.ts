/** How many tensors there are: TensorFlow knows, and the pipeline room does not know TensorFlow. The package's entries introduce them. */

/** The number of tensors now; null where TensorFlow is not loaded. */
export type TensorCounter = () => number | null

let counter: TensorCounter = () => null

/** @internal Called by the package's entries. */
export function setTensorCounter(next: TensorCounter): void {
  counter = next
}

export const countTensors: TensorCounter = () => counter()
