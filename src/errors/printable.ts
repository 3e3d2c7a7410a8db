/**
 * Replaces control and direction characters, so that a name from a file cannot control the terminal. Tabs and line breaks stay.
 *
 * @example
 * printable('\u001b[31mred') // '�[31mred'
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, mark => (mark === '\t' || mark === '\n' ? mark : '\uFFFD'))
}
