/** The rows of the zoo with their families and parameter counts, for documentation and the command line. No TensorFlow. */
import { MillraceError } from '../../errors/index.js'
import { rowDefaults } from './complete-config.js'
import { models, type ZooName } from './models.js'
import type { Published } from './zoo-row.js'

/** A model class of the zoo in numbers. */
export interface RowFacts {
  readonly name: ZooName
  /** The name of its family. */
  readonly family: string
  readonly summary: string
  /** The shape of one image of the published network: what parameters are counted for. */
  readonly input: readonly number[]
  /** The number of classes of the published network. */
  readonly classes: number
  /** Trained parameters with that input and these classes; undefined for a class that needs further keys. */
  readonly parameters: number | undefined
  /** The same by part. */
  readonly parts: readonly { readonly part: string; readonly parameters: number }[]
  /** The keys that the class needs before its parameters can be counted. */
  readonly needs: readonly string[]
  /** The values that it sets, by key: those of its family, under its own. */
  readonly values: Readonly<Record<string, unknown>>
}

/**
 * Every row of the zoo, family by family.
 *
 * @example
 * for (const { name, family, parameters } of listRows()) console.log(family, name, parameters)
 */
export function listRows(): readonly RowFacts[] {
  const all = Object.keys(models).map(name => describeRow(name as ZooName))
  const families = [...new Set(all.map(({ family }) => family))]
  return families.flatMap(family => all.filter(row => row.family === family))
}

/**
 * One row of the zoo.
 *
 * @example
 * describeRow('ResNet18').parameters // of 224 x 224 images with 3 channels, in 1,000 classes
 */
export function describeRow(name: ZooName): RowFacts {
  const { row } = models[name]
  const { family, summary, published } = row
  const { shape, classes } = published
  const values = rowDefaults(row).flatten()
  return { name, family: family.name, summary, input: shape, classes, values, ...count(name, published) }
}

function count(name: ZooName, { shape, classes }: Published): Pick<RowFacts, 'parameters' | 'parts' | 'needs'> {
  try {
    const comparesMasks = models[name].row.family.shape.trunks.includes('encoder')
    const targets = comparesMasks ? { masks: { shape: shape.slice(0, -1), classes } } : { labels: { classes } }
    const model = models[name].describe({ inputs: { images: { shape: [...shape] }, ...targets } })
    return { parameters: model.countParameters(), parts: model.countByPart(), needs: [] }
  } catch (error) {
    if (!(error instanceof MillraceError) || error.code !== 'model-config') throw error
    const { problems } = (error as MillraceError<'model-config'>).details
    return { parameters: undefined, parts: [], needs: problems.map(({ path }) => path.join('/')) }
  }
}
