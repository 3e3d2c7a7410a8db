import { renameSync, writeFileSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { makeFolder } from '../util/files/make-folder.js'
import type { Display } from './display.js'
import { drawChart, toPage } from './draw-chart.js'
import type { History } from './history.js'
import type { NotifierEvent } from './notifier-options.js'

/** Seconds between drawings, so that fast batches are not slowed down. */
const PAUSE_S = 0.5

/** A page that shows the variables so far. Readers always see a complete one: it is written under a temporary name and then renamed. */
export class ChartFile implements Display {
  #drawn = Number.NEGATIVE_INFINITY
  #draw = () => drawChart('', null, new Map())

  /** @throws errors of the file system if the file cannot be written */
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

  /** A failed drawing does not end the run; the next one tries again. */
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
