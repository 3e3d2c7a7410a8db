import { columns, MillraceError } from '../../experiment.js'
import { listConfigKeys, type ZooName, models as zoo } from '../../models.js'
import { exitCodes } from '../exit-codes.js'
import { Output, paint } from '../output.js'
import { reportError } from '../report-errors.js'

/** Lists the models of the zoo, or the config keys of one: meaning, allowed values, default. */
export async function models(name: string | undefined, { json }: { readonly json?: boolean }): Promise<number> {
  const output = new Output(json)
  const names = Object.keys(zoo) as ZooName[]
  if (name === undefined) {
    if (json) output.value(names.map(each => ({ name: each, summary: zoo[each].summary })))
    else output.result(columns(names.map(each => [paint.bold(each), zoo[each].summary])))
    return exitCodes.done
  }
  const found = names.find(each => each === name)
  if (!found) {
    reportError(new MillraceError('unknown-name', { kind: 'model', seen: name, allowed: names }), output)
    return exitCodes.wrongInput
  }
  const keys = listConfigKeys(found)
  if (json) output.value({ name: found, summary: zoo[found].summary, keys })
  else output.result(`${paint.bold(found)}: ${zoo[found].summary}\n\n${columns(keys.map(describeKey))}`)
  return exitCodes.done
}

function describeKey({ key, summary, allowed, default: value }: ReturnType<typeof listConfigKeys>[number]): string[] {
  return [key, value === undefined ? '' : `default ${JSON.stringify(value)}`, `${summary} (${allowed})`]
}
