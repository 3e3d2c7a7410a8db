/** What the charts of a report read at the end of an experiment. */
import type { Model, Pipeline } from '../pipeline/index.js'
import type { ReportModel, ReportSource } from '../report/index.js'
import type { Experiment } from './experiment.js'
import type { RecordedValue } from './run/recorded.js'
import { type Recorder, splitReference, valueAt } from './run/recorder.js'

/** The live values for a report: recorded variables as series over the rounds, others with their current value. */
export function reportSource({ spec, pipelines }: Experiment, recorder: Recorder, interrupted: boolean): ReportSource {
  return {
    variable(ref) {
      const series = recorder.series[ref]
      const isSeries = series?.some(value => value !== null) && (recorder.grows(ref) || !series.some(Array.isArray))
      return isSeries ? series!.map(toNumber) : valueAt(pipelines, ref)
    },
    rounds(ref) {
      const isPass = spec.run.every?.some(({ pipeline }) => pipeline === splitReference(ref)[0])
      return isPass ? recorder.series[ref]?.flatMap((value, i) => (value === null ? [] : [i + 1])) : undefined
    },
    model(ref) {
      const [pipeline, name] = splitReference(ref)
      const model = modelOf(pipelines[pipeline], name)
      return model && describeModel(model)
    },
    iterations: spec.run.iterations,
    interrupted,
  }
}

/** A model of a pipeline, if built. */
export function modelOf(pipeline: Pipeline | undefined, name: string): Model | undefined {
  return pipeline?.models.get(name)
}

/** A recorded value as a number of its round: the mean of several. */
function toNumber(value: RecordedValue): number {
  if (typeof value === 'number' || typeof value === 'boolean') return Number(value)
  if (!Array.isArray(value)) return Number.NaN
  return value.reduce<number>((sum, entry) => sum + toNumber(entry), 0) / value.length
}

/** A model that reports its parameters part by part, which a user's own model need not. */
interface Countable {
  countByPart?(): readonly { readonly part: string; readonly parameters: number }[]
}

function describeModel(model: Model): ReportModel {
  const parts = (model as Model & Countable).countByPart?.()
  return { parameterCount: model.parameterCount, ...(parts ? { parts } : {}) }
}
