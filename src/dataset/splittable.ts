/** The results of splitting a dataset: parts by name, folds by number. */
import { fail } from '../errors/index.js'
import { ItemStream } from './item-stream.js'
import type { PartName, Parts } from './order/split.js'

/** A dataset that may have parts and folds; each is a dataset itself. */
export abstract class Splittable<Part, Fold, Batch> extends ItemStream<Batch> {
  abstract readonly name: string
  #parts: Parts<Part> = {}
  #folds: readonly Fold[] = []

  /** The parts by name; none before `split`. */
  get parts(): Parts<Part> {
    return this.#parts
  }

  /** The part to train on. @throws MillraceError `part-missing` before `split` */
  get train(): Part {
    return this.#part('train')
  }

  /** The part to test on. @throws MillraceError `part-missing` */
  get test(): Part {
    return this.#part('test')
  }

  /** The part to validate on. @throws MillraceError `part-missing` */
  get validation(): Part {
    return this.#part('validation')
  }

  /** The folds of a cross-validation; none before `cvSplit`. */
  get folds(): readonly Fold[] {
    return this.#folds
  }

  /**
   * Returns one fold of a cross-validation, from 0: a dataset with the parts `train` and `test`. BatchFlow: `dataset.cv0`, `cv(0)`.
   *
   * @throws MillraceError `fold-missing`
   */
  cv(fold: number): Fold {
    return this.#folds[fold] ?? fail('fold-missing', { dataset: this.name, seen: String(fold), folds: this.#folds.length })
  }

  /** Sets the parts and folds of a new dataset. */
  protected divide(parts: Parts<Part>, folds: readonly Fold[]): void {
    this.#parts = parts
    this.#folds = folds
  }

  #part(part: PartName): Part {
    return this.parts[part] ?? fail('part-missing', { dataset: this.name, part, parts: Object.keys(this.parts) })
  }
}
