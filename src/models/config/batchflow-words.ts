/** What BatchFlow's PyTorch models call keys that have another name here. */

/** Their word → the key, as a path from where the word stands. */
export const batchflowWords: Readonly<Record<string, string>> = {
  channels: 'filters',
  stride: 'strides',
  n_reps: 'num_blocks',
  blocks: 'block',
  bias: 'conv/use_bias',
  use_bias: 'conv/use_bias',
  features: 'units',
  attention_mode: 'attention',
  self_attention: 'attention',
}

/** The key that a word of BatchFlow's means among these; undefined if it means none of them. */
export function keyMeantBy(word: string, keys: readonly string[]): string | undefined {
  const key = Object.hasOwn(batchflowWords, word) ? batchflowWords[word]! : undefined
  return key !== undefined && keys.includes(key.split('/')[0]!) ? key : undefined
}
