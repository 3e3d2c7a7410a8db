/** Errors of writing and reading a run's files. */
import type { MessageTable } from '../message.js'

export const reportMessages = {
  'run-folder-not-writable': ({ folder, reason }: { folder: string; reason: string }) => ({
    what: `the output folder ${folder} cannot be written`,
    seen: reason,
    fix: 'Name another folder with --out, or free some space and check its permissions',
  }),
  'run-files-rescued': ({ folder, rescue, reason }: { folder: string; rescue: string; reason: string }) => ({
    what: `the run's files could not be written to ${folder}, so they were written to ${rescue} instead`,
    seen: reason,
    fix: 'Copy them to where they belong before the temporary folder is cleared',
  }),
  'run-files-lost': ({
    folder,
    rescue,
    reason,
    rescueReason,
  }: {
    folder: string
    rescue: string
    reason: string
    rescueReason: string
  }) => ({
    what: `the run's files could be written neither to ${folder} nor to ${rescue}`,
    seen: `${reason}; ${rescueReason}`,
    fix: 'Free some space on either disk, or name another folder with --out',
  }),
  'run-folder-not-readable': ({ folder, file, reason }: { folder: string; file: string; reason: string }) => ({
    what: `${folder} does not contain a run to report: ${file} cannot be read`,
    seen: reason,
    fix: 'Pass the folder of a run, the one that contains results.json',
  }),
} satisfies MessageTable
