/** What goes wrong when a run's files are written or read again. */
import type { MessageTable } from '../message.js'

export const reportMessages = {
  'run-folder-not-writable': ({ folder, reason }: { folder: string; reason: string }) => ({
    what: `the output folder ${folder} cannot be written`,
    seen: reason,
    fix: 'Name another folder with --out, or free space and set its permissions',
  }),
  'run-files-rescued': ({ folder, rescue, reason }: { folder: string; rescue: string; reason: string }) => ({
    what: `the run's files could not be written to ${folder}, so they were written to ${rescue} instead`,
    seen: reason,
    fix: 'Copy them to a disk with space before the temporary folder is cleared',
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
    fix: 'Free space on either disk, or name another folder with --out',
  }),
  'run-folder-not-readable': ({ folder, file, reason }: { folder: string; file: string; reason: string }) => ({
    what: `${folder} does not hold a run that can be reported: ${file} cannot be read`,
    seen: reason,
    fix: 'Give the folder that a run wrote, the one with results.json in it',
  }),
} satisfies MessageTable
