import type { TextStream } from '../../src/notifier/index.js'

/** A stream that keeps what is written, a terminal or not. */
export class KeptText implements TextStream {
  text = ''

  constructor(
    readonly isTTY = false,
    readonly columns = 100,
  ) {}

  write(text: string): void {
    this.text += text
  }

  /** What stood on the line that is drawn over, one drawing after the other. */
  get drawings(): readonly string[] {
    return this.text.split('\r\u001b[K').slice(1)
  }

  get lines(): readonly string[] {
    return this.text.split('\n').slice(0, -1)
  }
}
