/** Nodes in TensorFlow's form. */
import { toTypeNumber } from '../backend.js'
import type { Attribute, Attributes, DType, Elements, Shape } from '../ir/graph.js'
import { type AttrValue, messages, type NodeDef, type TensorProto, type TensorShapeProto } from './proto.js'

/** A node; inputs are `name`, `name:1` or `^name`. */
export function createNodeDef(name: string, op: string, inputs: readonly string[], attributes: Attributes = {}): NodeDef {
  const node = new (messages().NodeDef)()
  node.setName(name)
  node.setOp(op)
  node.setInputList(inputs)
  const map = node.getAttrMap()
  for (const [key, attribute] of Object.entries(attributes)) map.set(key, toAttrValue(attribute))
  return node
}

/** A constant's node. */
export function createConstDef(name: string, elements: Elements, shape: Shape, dtype: DType, inputs: readonly string[] = []): NodeDef {
  const node = createNodeDef(name, 'Const', inputs, { dtype: { kind: 'type', value: dtype } })
  const value = new (messages().AttrValue)()
  value.setTensor(toTensorProto(elements, shape, dtype))
  node.getAttrMap().set('value', value)
  return node
}

/** The node of a constant string. */
export function createTextDef(name: string, text: string): NodeDef {
  const { AttrValue, Tensor } = messages()
  const tensor = new Tensor()
  tensor.setDtype(toTypeNumber('string'))
  tensor.setTensorShape(toShapeProto([]))
  tensor.setStringValList([Buffer.from(text).toString('base64')])
  const value = new AttrValue()
  value.setTensor(tensor)
  const node = createNodeDef(name, 'Const', [], { dtype: { kind: 'type', value: 'string' } })
  node.getAttrMap().set('value', value)
  return node
}

function toAttrValue(attribute: Attribute): AttrValue {
  const { AttrValue } = messages()
  const value = new AttrValue()
  const list = () => {
    const values = new AttrValue.ListValue()
    value.setList(values)
    return values
  }
  switch (attribute.kind) {
    case 'type':
      value.setType(toTypeNumber(attribute.value))
      break
    case 'int':
      value.setI(attribute.value)
      break
    case 'float':
      value.setF(attribute.value)
      break
    case 'bool':
      value.setB(attribute.value)
      break
    case 'string':
      value.setS(Buffer.from(attribute.value))
      break
    case 'ints':
      list().setIList(attribute.value)
      break
    case 'floats':
      list().setFList(attribute.value)
      break
    case 'types':
      list().setTypeList(attribute.value.map(toTypeNumber))
      break
    case 'shape':
      value.setShape(toShapeProto(attribute.value))
      break
    case 'elements':
      throw new TypeError('only a constant has elements')
  }
  return value
}

function toTensorProto(elements: Elements, shape: Shape, dtype: DType): TensorProto {
  const tensor = new (messages().Tensor)()
  tensor.setDtype(toTypeNumber(dtype))
  tensor.setTensorShape(toShapeProto(shape))
  if ('data' in elements) {
    const { buffer, byteOffset, byteLength } = elements.data
    tensor.setTensorContent(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength))
  } else if (dtype === 'float32') tensor.setFloatValList([elements.splat])
  else if (dtype === 'bool') tensor.setBoolValList([elements.splat !== 0])
  else tensor.setIntValList([elements.splat])
  return tensor
}

function toShapeProto(shape: Shape): TensorShapeProto {
  const { TensorShape } = messages()
  const proto = new TensorShape()
  proto.setDimList(
    shape.map(size => {
      const dim = new TensorShape.Dim()
      dim.setSize(size)
      return dim
    }),
  )
  return proto
}
