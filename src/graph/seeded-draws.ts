/** tfjs's random functions with a seed for each draw that has none. tfjs would take `Math.random` then. */
import { createRequire } from 'node:module'
import { type Restore, replaceMethods } from './record/hooks.js'

type Draw = (...args: unknown[]) => unknown

/** Where each function takes its seed. tfjs's normal distributions take 0 for none. */
const places = {
  randomUniform: { at: 4 },
  randomUniformInt: { at: 3 },
  dropout: { at: 3 },
  randomNormal: { at: 4, noZero: true },
  randomStandardNormal: { at: 2, noZero: true },
  truncatedNormal: { at: 4, noZero: true },
  randomGamma: { at: 4, noZero: true },
  multinomial: { at: 2, noZero: true },
} as const satisfies Readonly<Record<string, { readonly at: number; readonly noZero?: boolean }>>

/**
 * Every draw of tfjs that has no seed of its own takes the next one of `nextSeed`, until the returned function is called. Where `nextSeed`
 * returns undefined, a draw stays as it is.
 */
export function seedDraws(nextSeed: () => number | undefined): Restore {
  const require = createRequire(createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu'))
  // The table of functions that tfjs's other packages look up at each call.
  const core = require('@tensorflow/tfjs-core') as Record<string, Draw>
  const seeded = Object.entries(places).map(([name, { at, ...rest }]) => {
    const draw = core[name]!
    return [
      name,
      (...args: unknown[]) => {
        const own = args[at]
        if (own !== undefined && own !== null && !(own === 0 && 'noZero' in rest)) return draw(...args)
        const given = Array.from({ length: Math.max(args.length, at + 1) }, (_, i) => (i === at ? nextSeed() : args[i]))
        return draw(...given)
      },
    ] as const
  })
  return replaceMethods(core, Object.fromEntries(seeded))
}
