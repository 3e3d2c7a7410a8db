/** What blocks and letters of a program's own are made of: layouts, and joints of their outputs. */
import { options } from '../../../options/index.js'
import { joinPath } from '../../../util/paths.js'
import { failSection } from '../../config/check-config.js'
import { layoutKeys } from '../../config/layout-keys.js'
import { failShape } from '../../plan/layer-rules.js'
import type { PlanBuilder, Ref } from '../../plan/plan.js'
import { convBlock } from '../conv-block.js'
import type { Section } from '../section.js'

const joints = {
  sum: { kind: 'sum', spec: { type: 'add' } },
  product: { kind: 'scale', spec: { type: 'multiply' } },
  concatenation: { kind: 'concat', spec: { type: 'concat' } },
} as const

const layoutOptions = options(layoutKeys)

export type JointName = keyof typeof joints

/** The parts of a network that is being described. Names stand below the path of the block or letter. */
export interface OwnLayers {
  /**
   * Adds the layers of a layout after `input`, below `name`, and returns the output of the last one. Parameters that are not given are
   * those of the config.
   *
   * @throws MillraceError `model-config` for parameters that layouts do not take.
   */
  layout(name: string, input: Ref, letters: string, parameters?: Readonly<Record<string, unknown>>): Ref
  /** Adds a layer that joins outputs: all of one shape for a sum or product, of equal positions for a concatenation. */
  join(how: JointName, ...inputs: readonly [Ref, Ref, ...Ref[]]): Ref
}

export function ownLayers(plan: PlanBuilder, path: string, sections: readonly Section[]): OwnLayers {
  /** A name below the path; numbered from its second use on. */
  const free = (name: string): string => {
    const at = joinPath(path, name)
    for (let number = 0; ; number++) {
      const candidate = number === 0 ? at : `${at}-${number}`
      if (!plan.has(candidate)) return candidate
    }
  }
  return {
    layout: (name, input, letters, parameters = {}) => {
      const at = free(name)
      const section = { ...parameters, layout: letters }
      failSection(layoutOptions, section, at)
      return convBlock(plan, input, at, ...sections, section)
    },
    join: (how, ...inputs) => {
      const { kind, spec } = joints[how]
      const at = free(kind)
      const seen = inputs.map(({ shape }) => (how === 'concatenation' ? shape.slice(0, -1) : shape).join())
      if (new Set(seen).size > 1) {
        const shapes = inputs.map(({ shape }) => `[${shape.join(', ')}]`).join(' and ')
        failShape(at, `shapes ${shapes} do not fit`, how === 'concatenation' ? 'equal positions' : 'one shape')
      }
      return plan.layer(at, kind, spec, ...inputs)
    },
  }
}

/** What a function of a program's own returned, if it is an output of the network. */
export function outputOf(returned: Ref, path: string, of: string): Ref {
  if (!Array.isArray((returned as Partial<Ref> | undefined)?.shape))
    failShape(path, `add of ${of} returns no output`, 'what layout, join or attend returns')
  return returned
}
