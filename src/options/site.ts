import type { OldName, OptionProblem, Path } from './problem.js'

interface Collected {
  readonly errors: OptionProblem[]
  readonly notes: OldName[]
}

/** A position in checked options that collects its problems. */
export class Site {
  constructor(
    /** True if keys may be paths: `'body/block/se_block'`. */
    readonly withPaths: boolean,
    readonly summary: string,
    readonly path: Path = [],
    readonly collected: Collected = { errors: [], notes: [] },
  ) {}

  /** Returns the position under a key. */
  below(key: string | number, summary = this.summary): Site {
    return new Site(this.withPaths, summary, [...this.path, key], this.collected)
  }

  /** Returns the same position without problems, to try an alternative. */
  apart(): Site {
    return new Site(this.withPaths, this.summary, this.path)
  }

  get isClean(): boolean {
    return this.collected.errors.length === 0
  }

  report(problem: OptionProblem): void {
    this.collected.errors.push(problem)
  }

  reportValue(seen: unknown, { allowed, names }: { readonly allowed: string; readonly names: readonly string[] }): void {
    this.report({ code: 'wrong-value', path: this.path, summary: this.summary, seen, allowed, names })
  }

  note(note: OldName): void {
    this.collected.notes.push(note)
  }

  /** Adds the problems of an alternative's site. */
  adopt({ collected }: Site): void {
    this.collected.errors.push(...collected.errors)
    this.collected.notes.push(...collected.notes)
  }
}
