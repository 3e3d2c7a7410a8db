/** References while YAML is parsed. */

/**
 * In a flow map, the braces of a reference would be the map's: while parsing, neutral characters that the text does not contain replace
 * them. `show` puts the braces back. A reference on one line, without quotes, is hidden: one with a quote seems to begin in a string and
 * to end after it.
 */
export function hideReferences(text: string): { readonly hidden: string; readonly show: (text: string) => string } {
  if (!text.includes('${')) return { hidden: text, show: part => part }
  const [open, close] = freeCharacters(text)
  const characters = text.split('')
  const starts: number[] = []
  for (const { 0: mark, index } of text.matchAll(/\$\{|[}\n"']|\{/g)) {
    if (mark === '${') starts.push(index + 1)
    else if (mark !== '}') starts.length = 0
    else if (starts.length > 0) {
      characters[starts.pop()!] = open!
      characters[index] = close!
    }
  }
  return { hidden: characters.join(''), show: part => part.replaceAll(open!, '{').replaceAll(close!, '}') }
}

/** Two characters of private use that a string does not contain. */
function freeCharacters(text: string): readonly string[] {
  const free: string[] = []
  for (let code = 0xe000; free.length < 2; code++) {
    const character = String.fromCharCode(code)
    if (!text.includes(character)) free.push(character)
  }
  return free
}
