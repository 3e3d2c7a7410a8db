/** The residual block (He, Zhang, Ren, Sun 2015): a branch of convolutions, a shortcut around it, their sum. BatchFlow: `ResNet.block`. */
import { options } from '../../options/index.js'
import { joinPath } from '../../util/paths.js'
import { activationName } from '../config/activations.js'
import { residualKeys } from '../config/keys.js'
import { failShape } from '../plan/layer-rules.js'
import type { PlanBuilder, Ref } from '../plan/plan.js'
import { convBlock } from './conv-block.js'
import { parseLayout } from './layout.js'
import type { Section } from './parameters.js'
import { type SeOption, seBlock } from './se-block.js'

export interface ResidualOptions extends Section {
  readonly layout: string | null
  readonly bottleneck: boolean
  readonly bottleneck_factor: number
  readonly shortcut: string
  readonly se_block: SeOption
  readonly post_activation: unknown
}

const defaults: ResidualOptions = options(residualKeys).fill({})

export interface BlockPosition {
  readonly path: string
  readonly filters: number
  /** True if height and width are halved. */
  readonly downsample: boolean
}

/** Adds one block; its output is that of `path`. */
export function residualBlock(plan: PlanBuilder, input: Ref, position: BlockPosition, given: Section, common: Section | undefined): Ref {
  const options: ResidualOptions = { ...defaults, ...given }
  const { path, downsample } = position
  const branch = convBlock(plan, input, { path, taken: ['sum'] }, common, options, convolutions(position, options, input.shape.length - 1))
  const scaled = options.se_block ? seBlock(plan, branch, joinPath(path, 'se'), options.se_block, common) : branch
  const needsConv = downsample || input.shape.at(-1) !== branch.shape.at(-1)
  const shortcut = needsConv
    ? convBlock(
        plan,
        input,
        joinPath(path, 'shortcut'),
        common,
        { conv: options.conv, batch_norm: options.batch_norm },
        {
          layout: options.shortcut,
          filters: branch.shape.at(-1),
          kernel_size: 1,
          strides: downsample ? 2 : 1,
        },
      )
    : input
  if (shortcut.shape.join() !== scaled.shape.join()) {
    failShape(
      path,
      `the branch has the shape [${scaled.shape.join(', ')}], the shortcut [${shortcut.shape.join(', ')}]`,
      'a layout that keeps the shape',
    )
  }
  const sum = plan.layer(joinPath(path, 'sum'), 'sum', { type: 'add' }, scaled, shortcut)
  const after = postActivation(options.post_activation)
  return plan.block(path, after ? convBlock(plan, sum, joinPath(path, 'post'), common, { batch_norm: options.batch_norm }, after) : sum)
}

/** Filters, kernels and strides of the branch: 1×1, 3×3 with the stride, 1×1 wide for a bottleneck; 3×3 each otherwise. */
function convolutions({ path, filters, downsample }: BlockPosition, options: ResidualOptions, axes: number): Section {
  const layout = options.layout ?? (options.bottleneck ? 'nac nac nac' : 'nac nac')
  const count = parseLayout(layout, joinPath(path, 'layout')).filter(item => item.letter === 'c').length
  const stride = downsample ? 2 : 1
  if (!options.bottleneck)
    return { layout, filters, kernel_size: 3, strides: count > 1 ? list(count, i => (i === 0 ? stride : 1)) : all(axes, stride) }
  if (count !== 3) failShape('body/block/layout', `${layout} has ${count} convolutions`, 'three in a bottleneck block')
  return {
    layout,
    filters: [filters, filters, filters * options.bottleneck_factor],
    kernel_size: [1, 3, 1],
    strides: [1, stride, 1],
  }
}

/** true: `an`; an activation (by name or function): that; any other string: a layout. */
function postActivation(written: unknown): Section | undefined {
  if (written === null || written === false || written === '') return undefined
  if (written === true) return { layout: 'an' }
  const activation = activationName(written)
  return activation ? { layout: 'a', activation } : { layout: written as string }
}

const list = <T>(length: number, item: (i: number) => T) => Array.from({ length }, (_, i) => item(i))
const all = (axes: number, value: number) => list(axes, () => value)
