/** The parts of an error: what happened, what was seen, what is allowed, what to do. Rendering adds full stops. */
export interface Message {
  readonly what: string
  readonly seen?: string
  readonly allowed?: string
  readonly fix?: string
}

/** A table of messages: one function per code. */
export type MessageTable = Readonly<Record<string, (details: never) => Message>>
