import { renameSync, writeFileSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { makeFolder } from '../util/make-folder.js'
import type { Display } from './display.js'
import { drawChart, toPage } from './draw-chart.js'
import type { History } from './history.js'
import type { NotifierEvent } from './notifier-options.js'

/** Seconds from one drawing to the next: fast batches are not slowed down by it. */
const PAUSE_S = 0.5

/** A page that shows the variables so far. Who reads it sees a whole one: it is written under another name and then renamed. */
export class ChartFile implements Display {
  #drawn = Number.NEGATIVE_INFINITY
  #draw = () => drawChart('', null, new Map())

  /** @throws of the file system where the file cannot be written */
  constructor(
    readonly path: string,
    readonly now: () => number,
  ) {
    makeFolder(dirname(path))
    this.#write(true)
  }

  show({ pipeline, total }: NotifierEvent, history: ReadonlyMap<string, History>): void {
    this.#draw = () => drawChart(pipeline, total, history)
    if (this.now() - this.#drawn < PAUSE_S) return
    this.#drawn = this.now()
    this.#attempt(true)
  }

  close(): void {
    this.#attempt(false)
  }

  /** A run does not end because nobody can see how it goes; the next drawing tries again. */
  #attempt(isLive: boolean): void {
    try {
      this.#write(isLive)
    } catch {}
  }

  #write(isLive: boolean): void {
    const svg = this.#draw()
    const partial = join(dirname(this.path), `.${basename(this.path)}.${process.pid}.tmp`)
    writeFileSync(partial, extname(this.path) === '.svg' ? svg : toPage(svg, isLive))
    renameSync(partial, this.path)
  }
}
