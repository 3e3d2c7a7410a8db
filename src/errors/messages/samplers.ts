/** Errors about distributions and samplers. */
import type { MessageTable } from '../message.js'

export const samplerMessages = {
  'wrong-parameters': ({ name, problem }: { name: string; problem: string }) => ({
    what: `the parameters of the distribution ${name} contradict each other: ${problem}`,
  }),
  'choice-exhausted': ({ wanted, max }: { wanted: number; max: number }) => ({
    what: `choice without replacement cannot draw ${wanted} items`,
    allowed: `at most ${max}, the number of items whose probability is not 0`,
    fix: 'Draw fewer, or omit replace',
  }),
  'sampler-values': ({ of, seen }: { of: string; seen: string }) => ({
    what: `${of} does not yield numbers`,
    seen,
    allowed: 'a number, or a list of numbers',
  }),
  'sampler-stream': ({ of }: { of: string }) => ({
    what: `${of} runs out of values, but a sampler never ends`,
    fix: 'Omit replace',
  }),
  'sampler-dim': ({ of, seen, allowed }: { of: string; seen: number | string; allowed: number | string }) => ({
    what: `${of} has the wrong number of dimensions`,
    seen: String(seen),
    allowed: String(allowed),
  }),
  'truncated-away': ({ attempts, condition }: { attempts: number; condition: string }) => ({
    what: `none of ${attempts} points of a truncated sampler satisfied its condition, ${condition}`,
    fix: 'Relax the condition, raise maxIters, or set sampleAnyways: true to continue however long it takes',
  }),
  'truncated-by-nothing': () => ({
    what: 'truncate has no condition',
    allowed: 'low, high, or an expr that says which points to keep',
  }),
  histogram: ({ problem, seen }: { problem: string; seen: string }) => ({
    what: `not a histogram that can be sampled: ${problem}`,
    seen,
    allowed: 'increasing edges per axis, and a count from 0 per bin, at least one of them above 0 to draw points',
  }),
} satisfies MessageTable
