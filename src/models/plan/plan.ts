/** A network as plain data: its layers by path, in the order they are computed, without TensorFlow. */
import { joinPath } from '../../util/paths.js'
import { checkLimits } from './layer-limits.js'
import { failShape, inferShape, inferWeights, type Shape } from './layer-rules.js'
import type { Kind, LayerSpec, WeightSpec } from './layer-spec.js'

export interface PlanNode {
  /** Unique in the network, e.g. `body/group-0/block-0/conv-1`. */
  readonly path: string
  readonly kind: Kind
  readonly spec: LayerSpec
  /** Paths of the layers that are its inputs. */
  readonly inputs: readonly string[]
  /** Output shape without the batch axis. */
  readonly shape: Shape
  readonly weights: readonly WeightSpec[]
}

/** What a network adds to its loss. */
export type PenaltySpec =
  /** The mean over the items of KL(N(mean, exp(log variance)) ‖ N(0, 1)), summed over the latent variables, times `weight`. */
  { readonly type: 'kl'; readonly weight: number }

/** A penalty, and the layers that it is computed from. */
export interface Penalty {
  readonly spec: PenaltySpec
  readonly inputs: readonly string[]
}

export interface Plan {
  readonly nodes: readonly PlanNode[]
  /** Block path → path of the layer whose output is the block's. */
  readonly blocks: ReadonlyMap<string, string>
  readonly inputs: readonly string[]
  readonly output: string
  /** What is added to the loss. */
  readonly penalties: readonly Penalty[]
}

/** A layer's output, while a network is described. */
export interface Ref {
  readonly path: string
  readonly shape: Shape
}

/** Collects the layers of a network. */
export class PlanBuilder {
  readonly #nodes: PlanNode[] = []
  readonly #byPath = new Map<string, PlanNode>()
  readonly #blocks = new Map<string, string>()
  readonly #inputs: string[] = []
  readonly #penalties: Penalty[] = []

  input(name: string, shape: Shape): Ref {
    const path = joinPath('inputs', name)
    this.#inputs.push(path)
    return this.#push({ path, kind: 'input', spec: { type: 'input' }, inputs: [], shape, weights: [] })
  }

  layer(path: string, kind: Kind, spec: LayerSpec, ...inputs: readonly Ref[]): Ref {
    const shapes = inputs.map(input => input.shape)
    checkLimits(spec, path, shapes)
    const shape = inferShape(spec, shapes)
    if (shape.some(n => !(n > 0))) failShape(path, `nothing is left of the shape [${shapes[0]!.join(', ')}]`)
    return this.#push({ path, kind, spec, inputs: inputs.map(input => input.path), shape, weights: inferWeights(spec, shapes) })
  }

  /** Adds a term to the loss of the network. */
  penalty(spec: PenaltySpec, ...inputs: readonly Ref[]): void {
    this.#penalties.push({ spec, inputs: inputs.map(({ path }) => path) })
  }

  /** The number of elements of the network's input. */
  get inputSize(): number {
    return this.node({ path: this.#inputs[0]! }).shape.reduce((size, length) => size * length, 1)
  }

  /** Names the output of a block. */
  block(path: string, output: Ref): Ref {
    this.#blocks.set(path, output.path)
    return output
  }

  /** The layer that an output comes from. */
  node({ path }: Pick<Ref, 'path'>): PlanNode {
    return this.#byPath.get(path)!
  }

  /** True if there is a layer of this path, or below it. */
  has(path: string): boolean {
    return this.#byPath.has(path) || this.below(path).length > 0
  }

  /** The layers below a path, in order. */
  below(path: string): readonly PlanNode[] {
    return this.#nodes.filter(node => node.path.startsWith(`${path}/`))
  }

  /** The network that ends in this output. Layers that it does not need are omitted, inputs stay. */
  finish(output: Ref): Plan {
    const needed = this.#neededFor([output.path])
    return {
      nodes: this.#nodes.filter(({ path, kind }) => kind === 'input' || needed.has(path)),
      blocks: new Map([...this.#blocks].filter(([, path]) => needed.has(path))),
      inputs: this.#inputs,
      output: output.path,
      penalties: this.#penalties.filter(({ inputs }) => inputs.every(path => needed.has(path))),
    }
  }

  #neededFor(paths: readonly string[]): ReadonlySet<string> {
    const needed = new Set<string>()
    const open = [...paths]
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      if (needed.has(path)) continue
      needed.add(path)
      open.push(...this.node({ path }).inputs)
    }
    return needed
  }

  #push(node: PlanNode): Ref {
    this.#nodes.push(node)
    this.#byPath.set(node.path, node)
    return { path: node.path, shape: node.shape }
  }
}

/** All fetchable paths of a plan: blocks first, then layers, without the inputs. */
export function listPaths(plan: Plan): string[] {
  return [...plan.blocks.keys(), ...plan.nodes.filter(node => node.kind !== 'input').map(node => node.path)]
}
