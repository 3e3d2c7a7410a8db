/** What the charts of a report read at the end of an experiment. */
import type { Model, Pipeline } from '../pipeline/index.js'
import type { ReportModel, ReportSource } from '../report/index.js'
import type { Experiment } from './experiment.js'
import { type Recorder, splitReference } from './run/recorder.js'

/** The live values for a report: recorded variables as series over the rounds, others with their current value. */
export function reportSource({ spec, pipelines }: Experiment, recorder: Recorder, interrupted: boolean): ReportSource {
  return {
    variable(ref) {
      const series = recorder.series[ref]
      if (series?.some(value => value !== null)) return series.map(value => value ?? Number.NaN)
      const [pipeline, name] = splitReference(ref)
      return variableOf(pipelines[pipeline], name)
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

function variableOf(pipeline: Pipeline | undefined, name: string): unknown {
  try {
    return pipeline?.v(name)
  } catch {
    // Never set: a pipeline that has not run has no variables yet.
    return undefined
  }
}

/** A model that reports its parameters part by part, which a user's own model need not. */
interface Countable {
  countByPart?(): readonly { readonly part: string; readonly parameters: number }[]
}

function describeModel(model: Model): ReportModel {
  const parts = (model as Model & Countable).countByPart?.()
  return { parameterCount: model.parameterCount, ...(parts ? { parts } : {}) }
}
