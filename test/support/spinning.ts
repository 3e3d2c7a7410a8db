/** Resolves once the item function `spin` has begun in some thread. Call it before the work starts. */
export async function spinning(): Promise<void> {
  const channel = new BroadcastChannel('spinning')
  await new Promise(resolve => {
    channel.onmessage = resolve
  })
  channel.close()
}
