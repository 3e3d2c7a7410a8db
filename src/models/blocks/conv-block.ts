/** The layout builder: layers from letters. BatchFlow: `conv_block`. */
import { joinPath } from '../../util/paths.js'
import { activationName } from '../config/activations.js'
import { failShape } from '../plan/layer-rules.js'
import type { Kind, LayerSpec, Padding } from '../plan/layer-spec.js'
import type { PlanBuilder, Ref } from '../plan/plan.js'
import { type LayoutItem, type Letter, type LetterName, letters, parseLayout } from './layout.js'
import { lettersTurnedOff, mergeSections, perAxis, type Section, valueFor } from './parameters.js'

/** Where the layers of a layout are: the path, and kinds whose name without a number belongs to another layer there. */
export interface LayoutPlace {
  readonly path: string
  readonly taken: readonly Kind[]
}

/**
 * Adds the layers of a layout after `input`, named by kind below the path (`conv-0`, `norm-0`, …; no number for a kind that occurs once
 * and is not taken), and returns the last one's output. An empty layout returns the input.
 */
export function convBlock(plan: PlanBuilder, input: Ref, place: string | LayoutPlace, ...sections: readonly (Section | undefined)[]): Ref {
  const { path, taken } = typeof place === 'string' ? { path: place, taken: [] } : place
  const section = mergeSections(...sections)
  const items = parseLayout((section.layout as string | null | undefined) ?? '', joinPath(path, 'layout'), lettersTurnedOff(section))
  const nameOf = nameByKind(items, taken)
  const shortcuts: Ref[] = []
  let last = input
  for (const item of items) {
    const { letter } = item
    if (letter === 'R') {
      shortcuts.push(last)
    } else if (letter === '+' || letter === '.') {
      const shortcut = shortcuts.pop() ?? failShape(path, `${letter} in the layout has no shortcut to take`, 'an R before each + and .')
      last = join(plan, joinPath(path, nameOf(letters[letter].kind)), letter, last, shortcut)
    } else {
      const value = (key: string) => valueFor(section, key, item, path)
      if (letter === 'f' && last.shape.length > 1)
        last = plan.layer(joinPath(path, nameOf('flatten')), 'flatten', { type: 'flatten' }, last)
      const spec = toSpec(letter, value, last, path)
      if (spec) last = plan.layer(joinPath(path, nameOf(letters[letter].kind)), letters[letter].kind, spec, last)
    }
  }
  return path === '' ? last : plan.block(path, last)
}

function join(plan: PlanBuilder, path: string, letter: '+' | '.', branch: Ref, shortcut: Ref): Ref {
  const size = (ref: Ref) => ref.shape.slice(0, letter === '.' ? -1 : undefined).join(', ')
  if (size(branch) !== size(shortcut)) failShape(path, `shapes [${branch.shape.join(', ')}] and [${shortcut.shape.join(', ')}] do not fit`)
  return plan.layer(path, letters[letter].kind, { type: letter === '+' ? 'add' : 'concat' }, branch, shortcut)
}

/** undefined: no layer (an activation or a dropout that does nothing). */
function toSpec(
  letter: Exclude<LetterName, 'R' | '+' | '.'>,
  value: (key: string) => any,
  input: Ref,
  path: string,
): LayerSpec | undefined {
  const axes = input.shape.length - 1
  const { axes: max }: Letter = letters[letter]
  if (max !== undefined && (axes < 1 || axes > max)) {
    failShape(path, `${letter} in the layout cannot take the shape [${input.shape.join(', ')}]`, `1 to ${max} axes, then the channels`)
  }
  const each = (key: string) => perAxis(value(key), axes, joinPath(path, key))
  switch (letter) {
    case 'c':
      return {
        type: 'conv',
        filters: value('filters') ?? failShape(path, 'c in the layout needs filters'),
        kernelSize: each('kernel_size'),
        strides: each('strides'),
        padding: value('padding') as Padding,
        dilationRate: each('dilation_rate'),
        groups: 1,
        useBias: value('conv').use_bias,
        initializer: { type: 'glorot_uniform' },
      }
    case 'n':
      return { type: 'norm', momentum: value('batch_norm').momentum, epsilon: value('batch_norm').epsilon }
    case 'a': {
      const activation = activationName(value('activation'))
      return activation && { type: 'activation', activation }
    }
    case 'p':
    case 'v':
      return {
        type: 'pool',
        op: letter === 'p' ? 'max' : 'mean',
        poolSize: each('pool_size'),
        strides: each('pool_strides'),
        padding: value('padding'),
      }
    case 'P':
    case 'V':
      return { type: 'globalPool', op: letter === 'P' ? 'max' : 'mean' }
    case 'd':
      return value('dropout_rate') > 0 ? { type: 'dropout', rate: value('dropout_rate') } : undefined
    case 'f':
      return {
        type: 'dense',
        units: value('units') ?? failShape(path, 'f in the layout needs units', 'units of this part, or targets with classes or a shape'),
        useBias: value('dense').use_bias,
        initializer: { type: 'glorot_uniform' },
      }
    default:
      return letter satisfies never
  }
}

function nameByKind(items: readonly LayoutItem[], taken: readonly Kind[]): (kind: Kind) => string {
  const totals = new Map<Kind, number>()
  for (const { letter } of items) {
    const kind: Kind | undefined = letters[letter].kind
    if (kind) totals.set(kind, (totals.get(kind) ?? 0) + 1)
  }
  totals.set('flatten', 1)
  const used = new Map<Kind, number>()
  return kind => {
    const number = used.get(kind) ?? 0
    used.set(kind, number + 1)
    return totals.get(kind) === 1 && number === 0 && !taken.includes(kind) ? kind : `${kind}-${number}`
  }
}
