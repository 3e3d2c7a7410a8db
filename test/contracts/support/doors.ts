/** The two doors: actions written in a file and with fluent methods. */
import { ImagesBatch } from '../../../src/dataset/index.js'
import type { MillraceError } from '../../../src/errors/index.js'
import { dumpExperiment, type ExperimentSpec, readExperiment, registry } from '../../../src/experiment.js'
import type { ActionSpec } from '../../../src/pipeline/description/content/pipeline-spec.js'
import { template } from '../../../src/pipeline/index.js'

/** An empty pipeline over ImagesBatch. */
export const empty = () => template(ImagesBatch)

/** The pipeline that others name. */
export const other = template(ImagesBatch).named('other')

/** An action of a file: a line of YAML, or the value that one stands for. */
export type FileAction = string | object

/** The text of a file of pipelines, each a list of actions, beside `other`, which has the model `net`. */
function fileOf(pipelines: Readonly<Record<string, readonly FileAction[]>>): string {
  const bodies = Object.entries(pipelines).map(([name, actions]) => {
    const items = actions.map(action => `      - ${typeof action === 'string' ? action : JSON.stringify(action)}\n`)
    return `  ${name}:\n    dataset: digits.train\n    config: { a: { b: 4 } }\n    actions:\n${items.join('')}`
  })
  return `
name: contract
datasets: { digits: { openset: mnist } }
pipelines:
  other:
    dataset: digits.train
    batch: { batchSize: 2 }
    config: { a: 1 }
    actions:
      - initVariable: { name: five }
      - initModel: { mode: dynamic, modelClass: ResNet18, name: net, config: { inputs: { images: { shape: [28, 28, 1] }, labels: { classes: 10 } } } }
${bodies.join('')}
run: { iterations: 1, batch: { batchSize: 2 }, turns: [${Object.keys(pipelines).join(', ')}] }
`
}

/** What is said of a file with these pipelines, each mistake once. */
export function errorsIn(pipelines: Readonly<Record<string, readonly FileAction[]>>): readonly MillraceError[] {
  return readExperiment(fileOf(pipelines), { file: 'contract.yaml', registry }).errors
}

/** The actions of a file's pipeline, which is right; and the same once the file was written by a dump and read again. */
export function actionsIn(actions: readonly FileAction[], { dumped = false } = {}): readonly ActionSpec[] {
  const spec = read(fileOf({ main: actions }))
  return (dumped ? read(dumpExperiment(spec)) : spec).pipelines.main!.actions
}

function read(text: string): ExperimentSpec {
  const { spec, errors } = readExperiment(text, { file: 'contract.yaml', registry })
  if (spec === undefined) throw errors[0]
  return spec
}
