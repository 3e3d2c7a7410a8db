/** The kinds of parameters of distributions. */
import { NdArray } from '../nd-array.js'
import type { OptionalParameter, Parameter } from './distribution.js'

function numberThat(allowed: string, fits: (value: number) => boolean): Parameter<number> {
  return { allowed, read: given => (typeof given === 'number' && fits(given) ? given : undefined) }
}

export const finite = numberThat('a finite number', Number.isFinite)
export const positive = numberThat('a finite number above 0', value => Number.isFinite(value) && value > 0)
export const notNegative = numberThat('a finite number from 0', value => Number.isFinite(value) && value >= 0)
export const probability = numberThat('a number from 0 to 1', value => value >= 0 && value <= 1)
export const whole = numberThat('an integer', Number.isSafeInteger)
export const count = numberThat('an integer from 0', value => Number.isSafeInteger(value) && value >= 0)

export const truth: Parameter<boolean> = {
  allowed: 'true or false',
  read: given => (typeof given === 'boolean' ? given : undefined),
}

/** Numbers as a caller passes them. */
export type Numbers = ArrayLike<number> | NdArray

/** The numbers of a flat list, a typed array or an array of one axis; undefined for anything else. */
export function toNumbers(given: unknown): readonly number[] | undefined {
  if (given instanceof NdArray) return given.shape.length === 1 ? Array.from(given.data) : undefined
  if (!Array.isArray(given) && !(ArrayBuffer.isView(given) && 'length' in given)) return undefined
  const numbers: readonly unknown[] = Array.from(given as ArrayLike<unknown>)
  return numbers.every(Number.isFinite) ? (numbers as readonly number[]) : undefined
}

function vectorOf(item: Parameter<number>, allowed: string): Parameter<readonly number[], Numbers> {
  return {
    allowed,
    read: given => {
      const numbers = toNumbers(given)
      return numbers !== undefined && numbers.length > 0 && numbers.every(value => item.read(value) !== undefined) ? numbers : undefined
    },
  }
}

export const vector = vectorOf(finite, 'a list of finite numbers')
export const positives = vectorOf(positive, 'a list of numbers above 0')
export const shares = vectorOf(probability, 'a list of numbers from 0 to 1')

export const matrix: Parameter<readonly (readonly number[])[], readonly Numbers[] | NdArray> = {
  allowed: 'rows of finite numbers, all of the same length',
  read: given => {
    const rows = given instanceof NdArray && given.shape.length === 2 ? given.toNested() : given
    const read = Array.isArray(rows) ? rows.map(vector.read) : []
    return read.length > 0 && read.every(row => row?.length === read[0]?.length) ? (read as readonly (readonly number[])[]) : undefined
  },
}

/** What `choice` picks from: the entries of a list, the items of an array, or 0 … n−1. */
export const items: Parameter<readonly unknown[], number | readonly unknown[] | Numbers> = {
  allowed: 'a list that is not empty, or an integer above 0',
  read: given => {
    const list = toItems(given)
    return list !== undefined && list.length > 0 ? list : undefined
  },
}

function toItems(given: unknown): readonly unknown[] | undefined {
  if (typeof given === 'number')
    return Number.isSafeInteger(given) && given > 0 && given < 2 ** 32 ? Array.from({ length: given }, (_, i) => i) : undefined
  if (given instanceof NdArray)
    return given.shape.length === 1 ? Array.from(given.data) : Array.from({ length: given.length }, (_, i) => given.item(i))
  if (Array.isArray(given)) return [...given]
  return toNumbers(given)
}

/** The same parameter with the default `standard`. */
export function or<Value, Given, Standard>(
  parameter: Parameter<Value, Given>,
  standard: Standard,
): OptionalParameter<Value | (Standard extends null ? null : Value), Given | (Standard extends null ? null : Given)> {
  if (standard !== null) return { ...parameter, standard } as never
  return { ...parameter, read: (given: unknown) => (given === null ? null : parameter.read(given)), standard } as never
}

/** The problem of shares that do not add up to 1. */
export function sharesProblem(name: string, values: readonly number[]): string | undefined {
  const sum = values.reduce((total, share) => total + share, 0)
  return Math.abs(sum - 1) < 1e-6 ? undefined : `${name} adds up to ${Number(sum.toPrecision(8))}, not 1`
}
