/** The types of Parquet columns: dtypes to and from the types of the format. */
import type { SchemaElement, SchemaTree } from 'hyparquet'
import type { DType } from '../../util/nd-array.js'

/** The content of a column: numbers of this type, or anything else; one per row, or a list of them. */
export interface ColumnType {
  readonly name: string
  readonly dtype: DType | undefined
  readonly isList: boolean
}

type NumberType = Pick<SchemaElement, 'type' | 'converted_type'>

/** How a dtype is written. */
export const numberTypes: Readonly<Record<DType, NumberType>> = {
  uint8: { type: 'INT32', converted_type: 'UINT_8' },
  int8: { type: 'INT32', converted_type: 'INT_8' },
  uint16: { type: 'INT32', converted_type: 'UINT_16' },
  int16: { type: 'INT32', converted_type: 'INT_16' },
  uint32: { type: 'INT32', converted_type: 'UINT_32' },
  int32: { type: 'INT32' },
  float32: { type: 'FLOAT' },
  float64: { type: 'DOUBLE' },
}

/** Types without a dtype of their own, which become the next one. */
const widened: Readonly<Record<string, DType>> = { BOOLEAN: 'uint8', INT64: 'float64', FLOAT: 'float32', DOUBLE: 'float64', INT32: 'int32' }

/** Returns the content of a top-level column. */
export function columnType(column: SchemaTree): ColumnType {
  let leaf = column
  let isList = false
  while (leaf.children.length === 1) {
    leaf = leaf.children[0]!
    isList = true
  }
  return { name: column.element.name, dtype: leaf.children.length === 0 ? numberType(leaf.element) : undefined, isList }
}

function numberType({ type, converted_type, logical_type }: SchemaElement): DType | undefined {
  if (logical_type?.type === 'FLOAT16') return 'float32'
  if (logical_type?.type === 'INTEGER' && type === 'INT32') {
    return `${logical_type.isSigned ? 'int' : 'uint'}${logical_type.bitWidth}` as DType
  }
  if (converted_type === undefined) return logical_type === undefined || logical_type.type === 'INTEGER' ? widened[type ?? ''] : undefined
  if (converted_type === 'INT_64' || converted_type === 'UINT_64') return 'float64'
  if (converted_type === 'INT_32') return 'int32'
  const found = Object.entries(numberTypes).find(([, known]) => known.type === type && known.converted_type === converted_type)
  return found?.[0] as DType | undefined
}

/** The elements of a schema for one column. */
export function columnSchema({ name, isList }: ColumnType, element: Omit<SchemaElement, 'name'>): readonly SchemaElement[] {
  if (!isList) return [{ ...element, name }]
  return [
    { name, repetition_type: 'REQUIRED', converted_type: 'LIST', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { ...element, name: 'element' },
  ]
}
