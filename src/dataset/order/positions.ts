/** Positions of items: integers from 0. */
import { fail } from '../../errors/index.js'
import { describeValue } from '../../util/describe-value.js'

/** 0 … length−1. */
export function allPositions(length: number): Uint32Array {
  const positions = new Uint32Array(length)
  for (let i = 0; i < length; i++) positions[i] = i
  return positions
}

/** @throws MillraceError `position-outside` */
export function checkPositions(positions: ArrayLike<number>, length: number, of: string): void {
  if (typeof positions?.length !== 'number')
    fail('wrong-value', { name: 'positions', seen: describeValue(positions), allowed: 'a list of integers from 0' })
  for (let i = 0; i < positions.length; i++) {
    const position = positions[i]!
    if (!(Number.isInteger(position) && position >= 0 && position < length)) fail('position-outside', { of, seen: position, length })
  }
}
