/** Connected components: elements of one label that touch along an axis. */

/** Returns the components of an array of labels except the background: the label of each and the positions of its elements. */
export function connectedComponents(
  labels: ArrayLike<number>,
  shape: readonly number[],
): readonly { readonly label: number; readonly elements: readonly number[] }[] {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, n) => product * n, 1))
  const seen = new Uint8Array(labels.length)
  const components: { label: number; elements: number[] }[] = []
  for (let start = 0; start < labels.length; start++) {
    const label = labels[start]!
    if (label === 0 || seen[start]) continue
    seen[start] = 1
    // Elements whose neighbours are not visited yet follow those that are done: the list is its own queue.
    const elements = [start]
    for (let next = 0; next < elements.length; next++) {
      const at = elements[next]!
      for (let axis = 0; axis < shape.length; axis++) {
        const stride = strides[axis]!
        const place = Math.floor(at / stride) % shape[axis]!
        if (place > 0) visit(at - stride)
        if (place < shape[axis]! - 1) visit(at + stride)
      }
    }
    components.push({ label, elements })

    function visit(neighbour: number): void {
      if (seen[neighbour] || labels[neighbour] !== label) return
      seen[neighbour] = 1
      elements.push(neighbour)
    }
  }
  return components
}
