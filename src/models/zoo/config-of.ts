/** The type of a zoo class's config. */
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
