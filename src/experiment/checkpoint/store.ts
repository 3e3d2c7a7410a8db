/** The checkpoints of a run: folders under `checkpoints/`, named by the number of completed rounds. */
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { removeFolder, writeFolder } from '../../util/files/durable-folder.js'
import { findDamage, writeManifest } from './manifest.js'

/** The position of a run: completed rounds, and turns taken in the current round. */
export interface Progress {
  readonly round: number
  readonly turn: number
}

export interface Checkpoint extends Progress {
  readonly folder: string
}

export class CheckpointStore {
  readonly folder: string
  /** Those that this process has written or verified. */
  readonly #good = new Set<string>()

  constructor(runFolder: string) {
    this.folder = join(runFolder, 'checkpoints')
  }

  /** Every checkpoint, the newest first. */
  async list(): Promise<readonly Checkpoint[]> {
    const names = await readdir(this.folder).catch(() => [])
    return names
      .flatMap(name => {
        const [, round, turn = '0'] = /^(\d+)(?:-(\d+))?$/.exec(name) ?? []
        return round === undefined ? [] : [{ folder: join(this.folder, name), round: Number(round), turn: Number(turn) }]
      })
      .sort((a, b) => b.round - a.round || b.turn - a.turn)
  }

  /** True if there is one to continue from, written or verified by this process. */
  get hasGood(): boolean {
    return this.#good.size > 0
  }

  /** What is wrong with a checkpoint, if anything. */
  async check({ folder }: Checkpoint): Promise<string | undefined> {
    const damage = await findDamage(folder)
    if (damage === undefined) this.#good.add(folder)
    return damage
  }

  /** Writes a checkpoint, which appears complete or not at all, then removes all but the newest. An existing one is kept. */
  async write({ round, turn }: Progress, keep: number, fill: (folder: string) => Promise<void>): Promise<void> {
    const folder = join(this.folder, `${`${round}`.padStart(8, '0')}${turn > 0 ? `-${turn}` : ''}`)
    if (!this.#good.has(folder)) {
      await mkdir(this.folder, { recursive: true })
      await writeFolder(folder, async partial => {
        await fill(partial)
        await writeManifest(partial)
      })
      this.#good.add(folder)
    }
    for (const { folder } of (await this.list()).slice(keep)) await this.#remove(folder)
  }

  /** Removes what is newer than a checkpoint. */
  async goBackTo({ folder }: Checkpoint): Promise<void> {
    for (const each of await this.list()) {
      if (each.folder === folder) break
      await this.#remove(each.folder)
    }
  }

  async #remove(folder: string): Promise<void> {
    this.#good.delete(folder)
    await removeFolder(folder)
  }
}
