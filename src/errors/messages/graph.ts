/** Errors of running a compiled function. */
import type { MessageTable } from '../message.js'

export const graphMessages = {
  'check-failed': ({ check, shown }: { check: string; shown: string }) => ({
    what: `a check in the compiled function failed: ${check}`,
    seen: shown,
    fix: 'This run changed no variable.',
  }),
  'graph-failed': ({ what, reason }: { what: string; reason: string }) => ({
    what: `TensorFlow could not run ${what}: ${reason}`,
    fix: 'This run changed no variable. To see where it happens, run it with engine: eager, or without compile.',
  }),
} satisfies MessageTable
