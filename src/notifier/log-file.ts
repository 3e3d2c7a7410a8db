import { appendFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { makeFolder } from '../util/files/make-folder.js'
import type { Display } from './display.js'
import type { NotifierEvent } from './notifier-options.js'

/** A file with one line of JSON per event. Lines that could not be written are retried with the next one. */
export class LogFile implements Display {
  #waiting = ''

  /** @throws errors of the file system if the file cannot be written */
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
      // A log that cannot be written does not end the run.
    }
  }
}
