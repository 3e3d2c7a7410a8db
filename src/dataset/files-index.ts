import { basename, dirname, relative, resolve, sep } from 'node:path'
import { fail } from '../errors/index.js'
import { describeValue } from '../util/describe-value.js'
import { DatasetIndex, type IndexSource, sameIndex } from './dataset-index.js'

/** Options of finding files. */
export interface FindOptions {
  /** Folders instead of files. Default false. */
  readonly dirs?: boolean
  /** Ids without the extension. Default false. */
  readonly noExt?: boolean
  /** Sort by id. Default false: pattern by pattern, in the order of the paths. */
  readonly sort?: boolean
  /** Ids are paths from the folder that the patterns have in common, `cat/7.png`. Default false: names of files. */
  readonly byPath?: boolean
  /** True for an empty index where nothing is found; otherwise that is an error. Default false. */
  readonly mayBeEmpty?: boolean
  /** The folder that patterns start from. Default: the working folder. */
  readonly cwd?: string
}

/** The paths of ids: an object or a Map by id, or a list as long as the ids. */
export type FilePaths = Readonly<Record<string, string>> | ReadonlyMap<string, string> | readonly string[]

/**
 * An index of files or folders: the ids are their names, or paths, and each id has a path.
 *
 * @example
 * const index = await FilesIndex.open('scans/*.png', { noExt: true, sort: true })
 * index.getFullPath('scan_1')                   // '/data/scans/scan_1.png'
 * new Dataset(index, ImagesBatch).p.load({ fmt: 'image', dst: 'images' })
 * new FilesIndex(['a', 'b'], { a: '/data/1.npy', b: '/data/2.npy' })
 *
 * @throws MillraceError `index-type`, `files-paths` if an id has no path
 *
 * BatchFlow: `FilesIndex`. Its constructor finds the files.
 */
export class FilesIndex extends DatasetIndex<string> {
  readonly #paths: ReadonlyMap<string, string>
  /** True for folders. */
  readonly dirs: boolean

  constructor(ids: IndexSource<string>, paths: FilePaths, { dirs = false }: Pick<FindOptions, 'dirs'> = {}) {
    super(ids)
    this.dirs = dirs
    this.#paths = readPaths(this.ids, paths)
  }

  /**
   * Creates an index of the files that patterns find: `*` anything in a name, `**` folders of any depth, `{a,b}` and `[ab]` choices.
   * Patterns that are empty find nothing.
   *
   * @throws MillraceError `files-patterns`, `files-none` where nothing is found, `files-same-name` where two files would have one id
   */
  static async open<T extends FilesIndex = FilesIndex>(
    this: new (
      ids: IndexSource<string>,
      paths: FilePaths,
      options?: Pick<FindOptions, 'dirs'>,
    ) => T,
    patterns: string | readonly string[],
    options: FindOptions = {},
  ): Promise<T> {
    const { dirs = false, noExt = false, sort = false, byPath = false, mayBeEmpty = false } = options
    const given = typeof patterns === 'string' ? [patterns] : patterns
    if (!Array.isArray(given) || given.length === 0 || !given.every(pattern => typeof pattern === 'string')) {
      fail('files-patterns', { seen: describeValue(patterns) })
    }
    const paths = new Map<string, string>()
    const base = byPath ? commonFolder(given as readonly string[], options.cwd) : undefined
    for (const pattern of given as readonly string[]) {
      for (const path of await find(pattern, options)) {
        const name = noExt ? withoutExtension(basename(path)) : basename(path)
        const id = base === undefined ? name : [...relative(base, dirname(path)).split(sep), name].filter(step => step !== '').join('/')
        const known = paths.get(id)
        if (known !== undefined && known !== path) fail('files-same-name', { id, first: known, second: path })
        paths.set(id, path)
      }
    }
    if (paths.size === 0 && !mayBeEmpty && given.some(pattern => pattern !== '')) {
      fail('files-none', { patterns: describeValue(patterns), folder: resolve(options.cwd ?? '.'), dirs })
    }
    const ids = [...paths.keys()]
    return new this(sort ? ids.sort() : ids, paths, { dirs })
  }

  protected override get mayBeEmpty(): boolean {
    return true
  }

  /** The path of each id. */
  get paths(): ReadonlyMap<string, string> {
    return this.#paths
  }

  /** The path of an id. @throws MillraceError `unknown-id`. BatchFlow: `get_fullpath`. */
  getFullPath(id: string): string {
    return this.#paths.get(id) ?? fail('unknown-id', { of: 'the index', seen: describeValue(id), length: this.length })
  }

  /**
   * Returns this index followed by others, with the paths of all of them.
   *
   * @throws MillraceError `files-same-name` if an id has two paths, `files-paths` if others have ids without paths
   */
  override concat(...others: readonly IndexSource<string>[]): this {
    const all = new Map(this.#paths)
    for (const other of others) {
      if (!(other instanceof FilesIndex)) continue
      for (const [id, path] of other.paths) {
        const known = all.get(id)
        if (known !== undefined && known !== path) fail('files-same-name', { id, first: known, second: path })
        all.set(id, path)
      }
    }
    const ids = [this, ...others].flatMap(source => (source instanceof DatasetIndex ? source : new DatasetIndex(source)).ids)
    return this.#withPaths(ids, all)
  }

  protected override like(ids: readonly string[]): this {
    return this.#withPaths(ids, this.#paths)
  }

  #withPaths(ids: readonly string[], paths: FilePaths): this {
    if (this.constructor === FilesIndex) return new FilesIndex(ids, paths, this) as this
    const Class = this.constructor as new (ids: readonly string[], paths: FilePaths, options: Pick<FindOptions, 'dirs'>) => this
    return sameIndex(Class.name, ids, () => new Class(ids, paths, this))
  }
}

async function find(pattern: string, { dirs = false, cwd }: FindOptions): Promise<readonly string[]> {
  if (pattern === '') return []
  const { glob } = await import('tinyglobby')
  const found = await glob(pattern, {
    absolute: true,
    expandDirectories: false,
    onlyFiles: !dirs,
    onlyDirectories: dirs,
    ...(cwd === undefined ? {} : { cwd }),
  })
  return found.map(path => (path.length > 1 ? path.replace(/\/$/, '') : path)).sort()
}

/** The folder that all patterns start from: what is before the first step with a sign of patterns. */
function commonFolder(patterns: readonly string[], cwd = '.'): string {
  const starts = patterns.map(pattern => {
    const steps = resolve(cwd, pattern).split(sep)
    const first = steps.findIndex(step => /[*?{}[\]()!+@]/.test(step))
    return steps.slice(0, first < 0 ? -1 : first)
  })
  const [start, ...others] = starts as [string[], ...string[][]]
  const end = start.findIndex((step, i) => others.some(other => other[i] !== step))
  return (end < 0 ? start : start.slice(0, end)).join(sep) || sep
}

/** A leading dot is part of the name. */
function withoutExtension(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(0, dot) : name
}

function readPaths(ids: readonly string[], paths: FilePaths): ReadonlyMap<string, string> {
  const of = (id: string, position: number) =>
    Array.isArray(paths)
      ? (paths as readonly string[])[position]
      : paths instanceof Map
        ? (paths.get(id) as string | undefined)
        : (paths as Readonly<Record<string, string>>)[id]
  return new Map(
    ids.map((id, position) => {
      const path = of(id, position)
      return [id, typeof path === 'string' ? path : fail('files-paths', { id: describeValue(id), seen: describeValue(path) })]
    }),
  )
}
