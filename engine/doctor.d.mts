export interface DoctorRow {
  readonly name: string
  readonly value: string
  /** fail: Millrace cannot train here as it is; warn: it can, but something is worth knowing. */
  readonly status: 'ok' | 'warn' | 'fail'
  /** What to do, where something can be done. */
  readonly fix?: string | undefined
}

/** Looks at Node.js, the packages, TensorFlow, the processor, graphics cards, the cache and the data. Changes nothing. */
export function diagnose(): Promise<DoctorRow[]>

/** The rows as text, one a line, with what to do underneath. */
export function formatTable(rows: readonly DoctorRow[]): string
