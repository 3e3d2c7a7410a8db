import { columns, MillraceError } from '../../experiment.js'
import { describeRow, listConfigKeys, listRows, type RowFacts, type ZooName, models as zoo } from '../../models.js'
import { exitCodes } from '../exit-codes.js'
import { Output, paint } from '../output.js'
import { reportError } from '../report-errors.js'

/** Lists the models of the zoo by family with their parameters; or describes one, with `--keys` by the keys of its config. */
export async function models(
  name: string | undefined,
  { json, keys: asksKeys }: { readonly json?: boolean; readonly keys?: boolean },
): Promise<number> {
  const output = new Output(json)
  const names = Object.keys(zoo) as ZooName[]
  if (name === undefined && !asksKeys) {
    const all = listRows()
    output.value(all.map(({ parts: _, values: __, needs: ___, ...row }) => row))
    output.result(
      [...new Set(all.map(({ family }) => family))].map(family => printFamily(all.filter(row => row.family === family))).join('\n\n'),
    )
    return exitCodes.done
  }
  const found = names.find(each => each === name)
  if (!found) {
    const allowed = 'the name of a model: millrace models ResNet18 --keys'
    const error =
      name === undefined
        ? new MillraceError('wrong-value', { name: '--keys', seen: 'no model', allowed })
        : new MillraceError('unknown-name', { kind: 'model', seen: name, allowed: names })
    reportError(error, output)
    return exitCodes.wrongInput
  }
  const row = describeRow(found)
  const keys = listConfigKeys(found)
  output.value({ ...row, keys })
  output.result(`${paint.bold(found)}: ${row.summary}\n\n${asksKeys ? columns(keys.map(describeKey)) : printRow(row)}`)
  return exitCodes.done
}

const number = (value: number) => value.toLocaleString('en-US')
const inputOf = ({ input, classes }: RowFacts) => `${input.join(' x ')}, ${number(classes)} classes`

/** A family: how many models, how many parameters they have and for what, then one line per model. */
function printFamily(rows: readonly RowFacts[]): string {
  const first = rows[0]!
  const counts = rows.flatMap(({ parameters }) => parameters ?? [])
  const [least, most] = [Math.min(...counts), Math.max(...counts)]
  const range = counts.length === 0 ? '' : `, ${least === most ? number(most) : `${number(least)} to ${number(most)}`} parameters`
  const head = `${paint.bold(first.family)}: ${rows.length} ${rows.length === 1 ? 'model' : 'models'}${range}, counted for ${inputOf(first)}`
  const lines = rows.map(row => [
    `  ${row.name}`,
    countOf(row),
    inputOf(row) === inputOf(first) ? row.summary : `${row.summary} (${inputOf(row)})`,
  ])
  return `${head}\n${columns(lines)}`
}

const countOf = ({ parameters, needs }: RowFacts) => (parameters === undefined ? `needs ${needs.join(', ')}` : number(parameters))

/** A model: its parameters by part, and the values that it sets. */
function printRow(row: RowFacts): string {
  const count = row.parameters === undefined ? countOf(row) : `${countOf(row)} trainable parameters, counted for ${inputOf(row)}`
  const parts = row.parts.map(({ part, parameters }) => [`  ${part}`, number(parameters)])
  const values = Object.entries(row.values).map(([key, value]) => [`  ${key}`, written(value)])
  return [
    `family ${row.family}, ${count}`,
    ...(parts.length > 0 ? [columns(parts)] : []),
    '',
    'it sets',
    columns(values),
    '',
    `Every key of its config: millrace models ${row.name} --keys`,
  ].join('\n')
}

function describeKey({ key, summary, allowed, default: value }: ReturnType<typeof listConfigKeys>[number]): string[] {
  return [key, value === undefined ? '' : `default ${written(value)}`, `${summary} (${allowed})`]
}

/** The most characters of a value in a table; JSON has it whole. */
const MAX_WIDTH = 60

function written(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > MAX_WIDTH ? `${text.slice(0, MAX_WIDTH - 1)}…` : text
}
