/** Names of folders and files for names of the user: valid in every file system, never outside their folder, never two names alike. */
import { createHash } from 'node:crypto'

/** The longest name that is kept as it is, in bytes: file systems allow 255, of which temporary names need some. */
const maxBytes = 100

/** Characters that no file system, or only some of them, allow in a name. */
const refused = /[\p{C}\p{Z}<>:"/\\|?*]/gu

/** Names that Windows reserves for devices, with any extension. */
const reserved = /^(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])(\.|$)/i

/** What a changed name ends in. */
const mark = /~[0-9a-f]{10}$/

/**
 * Returns a name as a folder's: itself where every file system allows it, else a readable part of it, `~` and a hash of the whole. Two names
 * are never alike, except those that differ only in case.
 *
 * @example
 * toFolderName('se-net')  // 'se-net'
 * toFolderName('../a?')   // '__a_~…'
 */
export function toFolderName(name: string): string {
  const isKept =
    name !== '' &&
    name.replaceAll(' ', '').search(refused) < 0 &&
    !/^[. ]|[. ]$/.test(name) &&
    !reserved.test(name) &&
    !mark.test(name) &&
    name === name.normalize('NFC') &&
    Buffer.byteLength(name) <= maxBytes
  return isKept ? name : hashed(name)
}

/**
 * Returns the folder names of several names, in order. Of names that differ only in case, which are one for some file systems, the first
 * keeps its own.
 */
export function toFolderNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>()
  return names.map(name => {
    const own = toFolderName(name)
    const folded = own.toUpperCase().toLowerCase()
    if (taken.has(folded)) return hashed(name)
    taken.add(folded)
    return own
  })
}

function hashed(name: string): string {
  const readable = Array.from(
    name
      .normalize('NFC')
      .replace(refused, '_')
      .replace(/^[. ]+|[. ]+$/g, '_'),
  )
  while (Buffer.byteLength(readable.join('')) > maxBytes / 2) readable.pop()
  const start = readable.join('')
  // As UTF-16, since halves of a character would be one in UTF-8.
  const hash = createHash('sha256').update(Buffer.from(name, 'utf16le')).digest('hex').slice(0, 10)
  return `${start === '' || reserved.test(start) ? '_' : ''}${start}~${hash}`
}
