/** The last steps of a run, which must not lose anything: a page even if rendering fails, every error reported. */
import { renderReport } from '../report/index.js'
import type { ExperimentResults } from './results.js'

/** The report; if it cannot be rendered, a page that says so, with the error added to `errors`. */
export async function renderPage(results: ExperimentResults, configYaml: string, errors: unknown[]): Promise<string> {
  try {
    return await renderReport({ results, configYaml })
  } catch (error) {
    errors.push(error)
    const text = 'The report could not be rendered. The results are in results.json beside this page.'
    return `<!doctype html><html lang="en"><meta charset="utf-8"><title>No report</title><p>${text}</p></html>\n`
  }
}

/** Throws what went wrong: one error as it is, several as one `AggregateError` in the order they happened. */
export function throwAll(errors: readonly unknown[]): void {
  if (errors.length === 1) throw errors[0]
  if (errors.length > 1) throw new AggregateError(errors, errors.map(error => (error instanceof Error ? error.message : error)).join('\n'))
}
