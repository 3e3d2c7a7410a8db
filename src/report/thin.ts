/**
 * Returns at most `max` points of a series that draw the same picture: the smallest and the largest value of each stretch, in
 * order. A short series is returned unchanged. `first` is the x of the first value; x counts up by one.
 *
 * @example
 * thin([3, 1, 2], 1, 1500)  // { x: [1, 2, 3], y: [3, 1, 2] }
 */
export function thin(values: readonly number[], first: number, max: number): { x: number[]; y: number[] } {
  if (values.length <= max) return { x: values.map((_, i) => first + i), y: [...values] }
  const kept = new Set([0, values.length - 1])
  const stretches = Math.floor(max / 2) - 1
  for (let s = 0; s < stretches; s++) {
    const start = Math.floor((s * values.length) / stretches)
    const end = Math.floor(((s + 1) * values.length) / stretches)
    let low = start
    let high = start
    for (let i = start; i < end; i++) {
      if (values[i]! < values[low]!) low = i
      if (values[i]! > values[high]!) high = i
    }
    kept.add(low).add(high)
  }
  const positions = [...kept].sort((a, b) => a - b)
  return { x: positions.map(i => first + i), y: positions.map(i => values[i]!) }
}
