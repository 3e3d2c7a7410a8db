/** What goes wrong while a pipeline is described or run. */
import { didYouMean, listNames } from '../did-you-mean.js'
import type { MessageTable } from '../message.js'

interface NameDetails {
  /** What kind of name it is: `variable`, `model`, `component`, … */
  readonly kind: string
  readonly seen: string
  readonly allowed: readonly string[]
}

export const pipelineMessages = {
  'unknown-name': ({ kind, seen, allowed }: NameDetails) => ({
    what: `there is no ${kind} called ${seen}`,
    allowed: listNames(allowed),
    fix: didYouMean(seen, allowed),
  }),
  'wrong-value': ({ name, seen, allowed }: { name: string; seen: string; allowed: string }) => ({
    what: `${name} has a value that cannot be used`,
    seen,
    allowed,
  }),
} satisfies MessageTable
