/** Observable Plot and a document for it, loaded when the first page is drawn: knowing the kinds of charts needs neither. */
import type * as PlotLibrary from '@observablehq/plot'

/** Observable Plot, once `loadPlot` is done. */
export let Plot: typeof PlotLibrary

/** The document that plots are made in. */
export let document: any

export async function loadPlot(): Promise<void> {
  if (Plot !== undefined) return
  const [plot, { parseHTML }] = await Promise.all([import('@observablehq/plot'), import('linkedom')])
  document = (parseHTML('<!doctype html><html><body></body></html>') as unknown as { document: any }).document
  Plot = plot
}
