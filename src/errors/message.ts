/** What an error says: what happened, then what was seen, what is allowed, what to do. Full stops are added when it is rendered. */
export interface Message {
  readonly what: string
  readonly seen?: string
  readonly allowed?: string
  readonly fix?: string
}

/** A table of messages: one function a code. */
export type MessageTable = Readonly<Record<string, (details: never) => Message>>
