/** The progress of a walk on a stream: one line drawn over and over on a terminal, a line now and then elsewhere. */
import { beforeEachLine } from '../util/logger.js'
import { barLine, type ProgressWords, plainLine, progressWords } from './bar-text.js'
import type { Display } from './display.js'
import type { History } from './history.js'
import type { NotifierEvent, TextStream } from './notifier-options.js'
import { Pace } from './pace.js'

/** Seconds from one drawing to the next on a terminal. */
const DRAW_S = 0.1
/** Elsewhere: seconds between two lines at least, and the silence after which one is due. */
const LINE_S = 1
const SILENCE_S = 10

/** To the start of the line, and what stands on it wiped off. */
const WIPE = '\r\u001b[K'

/**
 * The words are those of the newest event. The cursor stays visible and no signal is caught, so that Ctrl-C and a crash leave the
 * terminal as it was.
 */
export class Bar implements Display {
  readonly #pace = new Pace()
  /** The words for the newest event, made when they are needed; and those that were written last. */
  #words: (() => ProgressWords) | undefined
  #written: (() => ProgressWords) | undefined
  #at: number
  #tenth = 0
  /** Whether the line that is drawn over has words on it. */
  #isDrawn = false
  #forget: (() => void) | undefined

  constructor(
    readonly stream: TextStream,
    readonly withChart: boolean,
    readonly now: () => number,
  ) {
    this.#at = now()
  }

  show(event: NotifierEvent, history: ReadonlyMap<string, History>): void {
    this.#pace.add(event.batch, event.seconds)
    this.#words = () => progressWords(event, this.#pace.secondsPerBatch, this.withChart ? history : new Map())
    if (this.#isDue(event)) this.#write()
  }

  pause(): void {
    if (this.#words !== this.#written) this.#write()
    if (this.#isDrawn) this.stream.write('\n')
    this.#isDrawn = false
  }

  close(): void {
    this.pause()
    this.#forget?.()
    this.#forget = undefined
  }

  #isDue({ batch, total }: NotifierEvent): boolean {
    const passed = this.now() - this.#at
    if (this.stream.isTTY) return this.#written === undefined || passed >= DRAW_S
    const tenth = total === null ? 0 : Math.floor((10 * batch) / total)
    const isNew = tenth !== this.#tenth && passed >= LINE_S
    if (isNew) this.#tenth = tenth
    return isNew || passed >= SILENCE_S
  }

  #write(): void {
    const words = this.#words!()
    this.#written = this.#words
    this.#at = this.now()
    if (!this.stream.isTTY) {
      this.stream.write(`${plainLine(words)}\n`)
      return
    }
    this.#forget ??= beforeEachLine(() => this.#wipe())
    this.stream.write(`${WIPE}${barLine(words, this.stream.columns ?? 80)}`)
    this.#isDrawn = true
  }

  #wipe(): void {
    if (!this.#isDrawn) return
    this.stream.write(WIPE)
    this.#isDrawn = false
    this.#written = undefined
  }
}
