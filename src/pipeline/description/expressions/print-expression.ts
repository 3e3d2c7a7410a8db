/** Prints expressions as they are written, for errors, `explain` and logs. */
import { isPlainObject } from '../../../util/json.js'
import { liveNameOf, operationOf } from './operations.js'

/** Named expressions whose list is printed as arguments. */
const functions = ['IF']

/** The key that names an expression: one or two capitals, the only ones of its object. Expressions print themselves, so the table of letters cannot be asked. */
function letterOf(value: unknown): string | undefined {
  const capitals = isPlainObject(value) ? Object.keys(value).filter(key => /^[A-Z]/.test(key)) : []
  return capitals.length === 1 && /^[A-Z]{1,2}$/.test(capitals[0]!) ? capitals[0] : undefined
}

/** `{ '/': [{ B: 'images' }, 255] }` → `B('images') / 255`. */
export function printExpression(value: unknown): string {
  const letter = letterOf(value)
  if (letter !== undefined) return printNamed(letter, value as Record<string, unknown>)
  const operation = operationOf(value)
  if (operation !== undefined) return printOperation(operation, (value as Record<string, readonly unknown[]>)[operation]!)
  const live = liveNameOf(value)
  if (live !== undefined) return live
  if (Array.isArray(value)) return `[${value.map(printExpression).join(', ')}]`
  if (isPlainObject(value))
    return `{ ${Object.entries(value)
      .map(([key, item]) => `${key}: ${printExpression(item)}`)
      .join(', ')} }`
  return typeof value === 'string' ? `'${value}'` : String(value)
}

function printNamed(letter: string, json: Record<string, unknown>): string {
  const name = json[letter]
  if (functions.includes(letter) && Array.isArray(name)) return `${letter}(${name.map(printExpression).join(', ')})`
  const further = Object.entries(json)
    .filter(([key]) => key !== letter)
    .map(([key, item]) => `${key}: ${printExpression(item)}`)
  const first = name === null || name === '' ? [] : [printExpression(name)]
  return `${letter}(${[...first, ...(further.length ? [`{ ${further.join(', ')} }`] : [])].join(', ')})`
}

function printOperation(operation: string, operands: readonly unknown[]): string {
  const [first = '', second, ...others] = operands.map(item =>
    binds(operationOf(item)) ? printExpression(item) : `(${printExpression(item)})`,
  )
  if (operation === '.') return `${first}.${String(operands[1])}`
  if (operation === '[]') return `${first}[${[second, ...others].map(bound => (bound === 'null' ? '' : bound)).join(':')}]`
  if (operation === '()') return `${first}(${[second, ...others].filter(item => item !== undefined).join(', ')})`
  if (operation === '.str' || operation === '.format') return `${first}${operation}(${second ?? ''})`
  if (operation === '|x|') return `|${first}|`
  return second === undefined ? `${operation}${first}` : `${first} ${operation} ${second}`
}

/** True if an operand needs no brackets: it is not an operation, or one that is delimited itself. */
function binds(operation: string | undefined): boolean {
  return operation === undefined || ['.', '[]', '()', '|x|', '.str', '.format'].includes(operation)
}
