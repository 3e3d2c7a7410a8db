/** Warns once why something is not compiled. */
import type { TraceRefusal } from './record/refusal.js'

const warned = new Set<string>()

/** A warning of Node.js (`MillraceWarning`), once per function and reason. */
export function warnOnce(name: string, refusal: TraceRefusal): void {
  const text = `${name} runs operation by operation, not compiled: ${refusal.message}`
  if (warned.has(text)) return
  warned.add(text)
  process.emitWarning(text, 'MillraceWarning')
}
