/** All kinds of blocks: Millrace's, and those that a program registers. */
import type { BlockType } from '../block-type.js'
import { ownBlocks } from './table.js'

const registered = new Map<string, BlockType>(Object.entries(ownBlocks))

export const blockTypes: ReadonlyMap<string, BlockType> = registered

/** Adds a kind, or replaces one that was added under this name. */
export function addBlockType(name: string, type: BlockType): void {
  registered.set(name, type)
}
