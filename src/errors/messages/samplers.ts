/** What goes wrong while random values are described or drawn. */
import type { MessageTable } from '../message.js'

export const samplerMessages = {
  'wrong-parameters': ({ name, problem }: { name: string; problem: string }) => ({
    what: `the parameters of the distribution ${name} do not fit together: ${problem}`,
  }),
  'choice-exhausted': ({ wanted, max }: { wanted: number; max: number }) => ({
    what: `choice without replacement has no ${wanted} items to give`,
    allowed: `at most ${max}: the items whose probability is not 0`,
    fix: 'Ask for fewer, or leave replace out',
  }),
  'sampler-values': ({ of, seen }: { of: string; seen: string }) => ({
    what: `${of} gives what is not numbers`,
    seen,
    allowed: 'a number, or a list of numbers',
  }),
  'sampler-stream': ({ of }: { of: string }) => ({
    what: `${of} ends, and a sampler has points without end`,
    fix: 'Leave replace out',
  }),
  'sampler-dim': ({ of, seen, allowed }: { of: string; seen: number | string; allowed: number | string }) => ({
    what: `${of} has another number of dimensions than it needs`,
    seen: String(seen),
    allowed: String(allowed),
  }),
  'truncated-away': ({ attempts, condition }: { attempts: number; condition: string }) => ({
    what: `none of ${attempts} points of a truncated sampler satisfied its condition, ${condition}`,
    fix: 'Make the condition wider, raise maxIters, or go on however long it takes with sampleAnyways: true',
  }),
  'truncated-by-nothing': () => ({
    what: 'truncate has no condition',
    allowed: 'low, high, or an expr that says which points to keep',
  }),
  histogram: ({ problem, seen }: { problem: string; seen: string }) => ({
    what: `this is no histogram to sample from: ${problem}`,
    seen,
    allowed: 'rising edges of each axis, and a count from 0 for each bin, one at least above 0 when points are drawn',
  }),
} satisfies MessageTable
