/** Temporarily replaces an object's methods. */

/** Undoes the replacements. */
export type Restore = () => void

/** Replaces methods of an object; the object is as before afterwards, own properties and inherited ones alike. */
export function replaceMethods<T extends object>(target: T, methods: Partial<T>): Restore {
  const before = Object.keys(methods).map(name => [name, Object.getOwnPropertyDescriptor(target, name)] as const)
  for (const [name, value] of Object.entries(methods)) Object.defineProperty(target, name, { value, configurable: true, writable: true })
  return () => {
    for (const [name, descriptor] of before) {
      if (descriptor) Object.defineProperty(target, name, descriptor)
      else delete (target as Record<string, unknown>)[name]
    }
  }
}

/** Restores everything, the last first. */
export function restoreAll(restores: readonly Restore[]): void {
  for (const restore of restores.toReversed()) restore()
}
