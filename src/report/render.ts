import type { ReportInput } from './results.js'

/** The whole report as one HTML page that opens offline. */
export function renderReport({ results }: ReportInput): string {
  return `<!doctype html><title>${results.name}</title>`
}
