import type { LoadedModule } from '../experiment.js'

/** A module that a run loads, as `--json` prints it. */
export function moduleToJson({ module, export: name, place, pipeline, action }: LoadedModule): object {
  return { module, export: name, place, pipeline, action }
}
