/** The SE comparison as its YAML file says it, in the engine asked for. */
import { readExperimentFile, registry, renderErrors } from '../../src/experiment.js'
import { flagshipFile } from './places.js'

export function readFlagship(engine: string) {
  const { spec, errors } = readExperimentFile(flagshipFile, { registry, overrides: [`configs.resnet.engine=${engine}`] })
  if (!spec) throw new Error(renderErrors(errors))
  return spec
}

/** The config of one of its networks. */
export function flagshipConfig({ engine, se }: { readonly engine: string; readonly se: boolean }): Record<string, unknown> {
  const actions = readFlagship(engine).pipelines[se ? 'seTrain' : 'resTrain']!.actions as readonly Record<string, any>[]
  return actions.find(action => action.initModel)!.initModel.config
}
