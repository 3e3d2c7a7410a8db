/** The frame of a page: one file without scripts that opens offline. */
import { type Html, html } from '../html.js'
import { style } from './style.js'

export function page(title: string, main: Html, version?: string): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Millrace${version === undefined ? '' : ` ${version}`}">
<title>${title}</title>
${style}
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`
}
