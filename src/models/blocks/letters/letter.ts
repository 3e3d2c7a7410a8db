/** What a letter of a layout is. */
import type { Kind } from '../../plan/layer-spec.js'
import type { PlanBuilder, Ref } from '../../plan/plan.js'
import type { Section } from '../section.js'

/** Where a letter adds its layer. */
export interface LetterSite {
  readonly plan: PlanBuilder
  /** The path of the layout. */
  readonly path: string
  /** The parameters of the layout, with their defaults. */
  readonly section: Section
  /** The number of position axes of the input. */
  readonly axes: number
  /** The value of a parameter for this layer. */
  value<T = unknown>(key: string): T
  /** The value of a parameter for each position axis. */
  each(key: string): readonly number[]
  /** The path of the layer, numbered where the layout has several of a kind. */
  name(kind: Kind): string
}

interface LetterRow {
  readonly summary: string
  /** Letters of one group share their lists of per-layer parameters. */
  readonly group: string
  /** The kind of its layer; undefined for none. */
  readonly kind: Kind | undefined
  /** The numbers of position axes that its layer takes, besides the channels; undefined if it takes any shape. */
  readonly axes?: readonly [number, number]
}

/** A letter that adds a layer. */
export interface LayerLetter extends LetterRow {
  readonly add: (site: LetterSite, input: Ref) => Ref
}

/** A letter that takes what the last `R` kept. */
export interface JoiningLetter extends LetterRow {
  readonly join: (site: LetterSite, branch: Ref, shortcut: Ref) => Ref
}

/** A letter that keeps what is there for a later one. */
export interface KeepingLetter extends LetterRow {
  readonly keeps: true
}

export type Letter = LayerLetter | JoiningLetter | KeepingLetter
