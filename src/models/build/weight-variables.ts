/** The variables of a model's weights, by path. */
import { weightPath } from '../groups/weight-paths.js'
import type { LayersModel } from '../tf-types.js'
import { toVariable } from '../train/network.js'
import { allLayers, asModel } from './layer-graph.js'

/** A weight's name in its layer: `kernel`. */
export const weightName = ({ originalName }: { readonly originalName: string }): string => originalName.split('/').at(-1)!

/** The paths of weights by the names of their variables, in the layers' order; a shared layer has its first path. */
export function pathsOfVariables(layersModel: LayersModel): ReadonlyMap<string, string> {
  const paths = new Map<string, string>()
  for (const { path, layer } of allLayers(layersModel)) {
    for (const weight of asModel(layer) ? [] : layer.weights) {
      const { name } = toVariable(weight)
      if (!paths.has(name)) paths.set(name, weightPath(path, weightName(weight)))
    }
  }
  return paths
}
