/** Errors of loading TensorFlow. */
import type { MessageTable } from '../message.js'

export const engineMessages = {
  'engine-missing': (_: Record<never, never>) => ({
    what: 'TensorFlow is not set up',
    fix: 'Run: npx millrace setup',
  }),
  'engine-broken': ({ reason }: { readonly reason: string }) => ({
    what: 'TensorFlow is set up but does not load',
    seen: reason,
    fix: 'Run: npx millrace setup --force (npx millrace doctor shows the details)',
  }),
} satisfies MessageTable
