/** What goes wrong while a compiled function runs. */
import type { MessageTable } from '../message.js'

export const graphMessages = {
  'check-failed': ({ check, shown }: { check: string; shown: string }) => ({
    what: `a check in the compiled function did not hold: ${check}`,
    seen: shown,
    fix: 'No variable was changed by this run.',
  }),
  'graph-failed': ({ what, reason }: { what: string; reason: string }) => ({
    what: `TensorFlow could not run ${what}: ${reason}`,
    fix: 'No variable was changed by this run. To see where it happens, run it with engine: eager, or without compile.',
  }),
} satisfies MessageTable
