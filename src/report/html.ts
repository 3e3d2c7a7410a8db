/** HTML that is escaped by construction: only the `html` template creates it. */

/** Markup that is safe to put on a page. */
export class Html {
  constructor(readonly text: string) {}
  toString(): string {
    return this.text
  }
}

/** Values of a template: strings are escaped, markup stays, lists are joined, null and undefined are empty. */
export type HtmlPart = Html | string | number | false | null | undefined | readonly HtmlPart[]

/**
 * Creates markup from a template; every value in it is escaped unless it is `Html` itself.
 *
 * @example
 * html`<p>${'a < b'}</p>`.text  // '<p>a &lt; b</p>'
 */
export function html(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  return new Html(strings.reduce((text, string, i) => text + render(parts[i - 1]) + string))
}

/** Escapes the five special characters of HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
}

function render(part: HtmlPart): string {
  if (part instanceof Html) return part.text
  if (part === undefined || part === null || part === false) return ''
  if (typeof part === 'object') return part.map(render).join('')
  return escapeHtml(String(part))
}
