/** A family of networks as rows: what `import { ResNet18 } from 'millrace/models'` is made of. */
import { registerRow } from './registered-rows.js'
import { ZooModel } from './zoo-model.js'
import type { Defaults, Family, NetworkShape, Published, ZooRow } from './zoo-row.js'

/** A variant: what it is, and what it sets otherwise than its family. */
interface Variant {
  readonly summary: string
  readonly defaults?: Defaults
  readonly published?: Partial<Published>
}

interface Definition<Config, R> extends Pick<Family, 'name' | 'summary' | 'defaults'> {
  readonly shape: NetworkShape<Config>
  readonly smallStem?: Defaults
  readonly likes?: Readonly<Record<string, Defaults>>
  readonly widened?: readonly string[]
  readonly published?: Partial<Published>
  readonly rows: R
}

const smallStem = { 'initial_block/layout': 'cna', 'initial_block/kernel_size': 3, 'initial_block/strides': 1 }
const imageNet: Published = { shape: [224, 224, 3], classes: 1000 }

/**
 * Defines a family. Its parameters are counted for images of 224×224×3 and 1,000 classes unless a row says otherwise.
 */
export function defineFamily<Config, const R extends Readonly<Record<string, Variant>>>(
  definition: Definition<Config, R>,
): { readonly [Name in keyof R & string]: ZooModel<Config> } {
  const { rows, published, ...rest } = definition
  const family: Family = { smallStem, likes: {}, widened: ['initial_block/filters'], ...rest }
  const models = Object.entries<Variant>(rows).map(([name, { summary, defaults = {}, published: own }]) => {
    const row: ZooRow = { family, summary, defaults, published: { ...imageNet, ...published, ...own } }
    registerRow(name, row)
    return [name, new ZooModel(name, row)]
  })
  return Object.fromEntries(models) as never
}
