/** The type of layouts in configs. */
import { type OptionType, plainType } from '../../options/index.js'
import { unknownLetter } from '../blocks/layout.js'
import { letters } from '../blocks/letters/table.js'

const own = [...letters.keys()]

/** A layout: a letter per layer. Editors know Millrace's own letters, code also those that were registered. */
export const layout: OptionType<string, string> = plainType({
  allowed: `a layout: a string of the letters ${own.join(' ')}`,
  schema: { type: 'string', pattern: `^[${own.map(letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')} ]*$` },
  test: value => typeof value === 'string' && unknownLetter(value) === undefined,
})
