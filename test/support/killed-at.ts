/** Replaces functions of node:fs/promises, so that work stops at one of its steps as a kill would stop it. */
import fs, { existsSync, readdirSync, rmSync } from 'node:fs'
import promises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'

class Killed extends Error {}

/**
 * Does work of which nothing happens after a number of changes to the file system, not even what it does about errors. Returns true if it
 * needed no more than these. A removal that is interrupted has removed some files.
 */
export async function killedAt(step: number, work: () => Promise<unknown>): Promise<boolean> {
  let left = step
  const counted =
    (change: (...args: any[]) => any, half: (...args: any[]) => void = () => {}) =>
    (...args: any[]) => {
      if (left-- > 0) return change(...args)
      if (left === -1) half(...args)
      throw new Killed()
    }
  const halfRemoved = (path: string) => {
    const [first] = existsSync(path) ? readdirSync(path) : []
    if (first !== undefined) rmSync(join(path, first), { recursive: true })
  }
  const { rename, rm, open } = promises
  const { mkdirSync } = fs
  return replacing(
    { rename: counted(rename), rm: counted(rm, halfRemoved), open: counted(open) },
    { mkdirSync: counted(mkdirSync) },
    async () => {
      await work().catch(() => undefined)
      return left >= 0
    },
  )
}

/** Calls `first` once before the first renaming that `isMeant` picks. */
export async function beforeRename(
  isMeant: (from: string) => boolean,
  first: () => Promise<unknown>,
  work: () => Promise<unknown>,
): Promise<void> {
  const { rename } = promises
  let isDone = false
  const watched = async (from: string, to: string) => {
    if (!isDone && isMeant(from)) {
      isDone = true
      await first()
    }
    return rename(from, to)
  }
  await replacing({ rename: watched }, {}, work)
}

async function replacing<Result>(asynchronous: object, synchronous: object, work: () => Promise<Result>): Promise<Result> {
  const before = [{ ...promises }, { ...fs }] as const
  Object.assign(promises, asynchronous)
  Object.assign(fs, synchronous)
  syncBuiltinESMExports()
  try {
    return await work()
  } finally {
    for (const name of Object.keys(asynchronous)) (promises as any)[name] = (before[0] as any)[name]
    for (const name of Object.keys(synchronous)) (fs as any)[name] = (before[1] as any)[name]
    syncBuiltinESMExports()
  }
}
