import { appendFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { makeFolder } from '../util/make-folder.js'
import type { Display } from './display.js'
import type { NotifierEvent } from './notifier-options.js'

/** A file with a line of JSON for each event. Lines that a full disk did not take are tried again with the next one. */
export class LogFile implements Display {
  #waiting = ''

  /** @throws of the file system where the file cannot be written */
  constructor(readonly path: string) {
    makeFolder(dirname(path))
    appendFileSync(path, '')
  }

  show(event: NotifierEvent): void {
    this.#waiting += `${JSON.stringify(event)}\n`
    this.close()
  }

  close(): void {
    try {
      appendFileSync(this.path, this.#waiting)
      this.#waiting = ''
    } catch {
      // A run does not end because nobody can read how it goes.
    }
  }
}
