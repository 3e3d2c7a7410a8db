/** What may stand in the place of a file that a program expects, by what it is. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'

export const strangeFiles: Readonly<Record<string, (path: string) => void>> = {
  'a link to /dev/zero': path => symlinkSync('/dev/zero', path),
  'a link to /dev/random': path => symlinkSync('/dev/random', path),
  'a pipe': path => void execFileSync('mkfifo', [path]),
  'a folder': path => void mkdirSync(path),
  'a link to nothing': path => symlinkSync('/nothing/there', path),
  'a link to itself': path => symlinkSync(path, path),
}

/** A file of this size that takes no room. */
export function sparseFile(path: string, bytes: number): void {
  writeFileSync(path, '')
  truncateSync(path, bytes)
}
