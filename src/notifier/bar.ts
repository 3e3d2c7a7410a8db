/** Progress on a stream: one line redrawn in place on a terminal, an occasional line elsewhere. */
import { beforeEachLine } from '../util/logger.js'
import { canRedraw } from '../util/process/terminal.js'
import { barLine, type ProgressWords, plainLine, progressWords } from './bar-text.js'
import type { Display } from './display.js'
import type { History } from './history.js'
import type { NotifierEvent, TextStream } from './notifier-options.js'
import { Pace } from './pace.js'

/** Seconds between drawings on a terminal. */
const DRAW_S = 0.1
/** Elsewhere: the minimum of seconds between two lines, and the silence after which one is due. */
const LINE_S = 1
const SILENCE_S = 10

/** Moves to the start of the line and erases it. */
const WIPE = '\r\u001b[K'

/**
 * Shows the newest event. The cursor stays visible and no signal is caught, so that Ctrl-C and a crash leave the
 * terminal intact.
 */
export class Bar implements Display {
  readonly #pace = new Pace()
  /** The words for the newest event, computed on demand; and those written last. */
  #words: (() => ProgressWords) | undefined
  #written: (() => ProgressWords) | undefined
  #at: number
  #tenth = 0
  /** True if the redrawn line has words on it. */
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
    if (canRedraw(this.stream)) return this.#written === undefined || passed >= DRAW_S
    const tenth = total === null ? 0 : Math.floor((10 * batch) / total)
    const isNew = tenth !== this.#tenth && passed >= LINE_S
    if (isNew) this.#tenth = tenth
    return isNew || passed >= SILENCE_S
  }

  #write(): void {
    const words = this.#words!()
    this.#written = this.#words
    this.#at = this.now()
    if (!canRedraw(this.stream)) {
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
