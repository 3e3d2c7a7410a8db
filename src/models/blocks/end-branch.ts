/** The end of a branch before it is added to its shortcut: layer scale, then drop path. */
import { joinPath } from '../../util/paths.js'
import type { PlanBuilder, Ref } from '../plan/plan.js'

/** Stochastic depth of one block (Huang and others 2016). */
export interface DropPath {
  readonly rate: number
  readonly mode: 'row' | 'batch'
  readonly scale: 'training' | 'inference'
}

interface BranchEnd {
  /** The initial factors (Touvron and others 2021, "Going deeper with image transformers"); null or undefined for none. */
  readonly layer_scale?: number | null
  readonly drop_path?: DropPath | undefined
}

/** Adds what a branch ends with; `label` distinguishes the branches of one block. */
export function endBranch(plan: PlanBuilder, path: string, branch: Ref, { layer_scale, drop_path }: BranchEnd, label = ''): Ref {
  const scaled =
    typeof layer_scale === 'number'
      ? plan.layer(
          joinPath(path, `layer-scale${label}`),
          'layer-scale',
          { type: 'layerScale', initial: layer_scale, shared: false },
          branch,
        )
      : branch
  if (!drop_path || drop_path.rate === 0) return scaled
  return plan.layer(joinPath(path, `drop-path${label}`), 'drop-path', { type: 'dropPath', ...drop_path }, scaled)
}
