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

/** Replaces methods by ones that may refuse: then `otherwise` is called, and if it returns, the method as it was before. */
export function replaceTentatively<T extends object>(target: T, methods: Partial<T>, otherwise: (error: unknown) => void): Restore {
  const tentative = Object.entries(methods).map(([name, method]) => [
    name,
    function (this: unknown, ...args: unknown[]) {
      try {
        return (method as Method).apply(this, args)
      } catch (error) {
        otherwise(error)
        return (target as Record<string, Method>)[name]!.apply(this, args)
      }
    },
  ])
  return replaceMethods(target, Object.fromEntries(tentative) as Partial<T>)
}
type Method = (...args: unknown[]) => unknown

/** Restores everything, the last first. */
export function restoreAll(restores: readonly Restore[]): void {
  for (const restore of restores.toReversed()) restore()
}
