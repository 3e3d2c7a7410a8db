/** The type of a zoo class's config. */
import type { ConfigOf as ConfigOfTable } from '../../options/index.js'
import type { rows, ZooName } from './rows.js'

/** The config that a row of the zoo takes. */
export type ZooConfig<Name extends ZooName> = ConfigOfTable<(typeof rows)[Name]['family']['keys']['table']>

/**
 * The config of a model class as it may be written: every key is optional, and a key may be a path. The compiler finds misspelt keys and
 * names, and values of another type.
 *
 * @example
 * const config = {
 *   inputs: { images: { shape: [28, 28, 1] }, labels: { classes: 10, name: 'targets' } },
 *   'body/block/se_block': true,
 *   loss: 'ce',
 * } satisfies ConfigOf<typeof ResNet18>
 */
export type ConfigOf<M extends { readonly configType?: unknown }> = NonNullable<M['configType']>
