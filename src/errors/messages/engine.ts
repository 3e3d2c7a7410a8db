/** What goes wrong when TensorFlow is loaded. */
import type { MessageTable } from '../message.js'

export const engineMessages = {
  'engine-missing': (_: Record<never, never>) => ({
    what: 'TensorFlow is not set up here',
    fix: 'Run: npx millrace setup',
  }),
  'engine-broken': ({ reason }: { readonly reason: string }) => ({
    what: 'TensorFlow is set up but does not load',
    seen: reason,
    fix: 'Run: npx millrace setup (and npx millrace doctor for the whole picture)',
  }),
} satisfies MessageTable
