/** Work that never ends. */
export async function spin(): Promise<never> {
  for (;;);
}
