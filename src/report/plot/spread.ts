/**
 * Moves labels apart on a line: returns the positions nearest to the wanted ones (in the same order) with at least `gap` between
 * neighbours, inside `low` … `high` if they fit.
 *
 * @example
 * spread([10, 11, 40], 14, 0, 100)  // [3.5, 17.5, 40]
 */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b)
  // Clusters of touching labels, each centred on the mean of its members' wanted positions; neighbours that overlap are merged.
  const clusters: { members: number[]; start: number }[] = []
  const place = (members: number[]) => {
    const height = gap * (members.length - 1)
    const center = members.reduce((sum, i) => sum + wanted[i]!, 0) / members.length
    return { members, start: Math.max(low, Math.min(center - height / 2, high - height)) }
  }
  for (const index of order) {
    let cluster = place([index])
    for (let last = clusters.at(-1); last && last.start + gap * last.members.length > cluster.start; last = clusters.at(-1)) {
      clusters.pop()
      cluster = place([...last.members, ...cluster.members])
    }
    clusters.push(cluster)
  }
  const positions = new Array<number>(wanted.length)
  for (const { members, start } of clusters) for (const [i, index] of members.entries()) positions[index] = start + i * gap
  return positions
}
