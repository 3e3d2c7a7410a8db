export interface DoctorRow {
  readonly name: string
  readonly value: string
  /** fail: Millrace cannot train on this machine; warn: it can, with a limitation. */
  readonly status: 'ok' | 'warn' | 'fail'
  /** What to do, if anything can be done. */
  readonly fix?: string | undefined
}

/** Checks Node.js, the packages, TensorFlow, the processor, graphics cards, the cache and the data. Changes nothing. */
export function diagnose(): Promise<DoctorRow[]>

/** Formats the rows as text, one per line, with what to do underneath. */
export function formatTable(rows: readonly DoctorRow[]): string
