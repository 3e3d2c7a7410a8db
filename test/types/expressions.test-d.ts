/** What compiles and what does not, for expressions: components are checked wherever they are read, at any depth. */
import { B, C, D, type Expression, F, I, IF, L, M, NdArray, P, type PipelineOf, PP, R, V, type Variable, W } from '../../src/index.js'
import { Linear } from '../support/linear-model.js'
import { type NumbersBatch, numbers } from '../support/numbers.js'

// Of these pipelines not all variables are known.
const p: PipelineOf<typeof NumbersBatch> = numbers().p
const train = numbers().p.named('train').initVariable('loss')

// Every letter carries the components it reads.
const reads = {
  copy: B('x', { copy: true }) satisfies Expression<'x'>,
  computed: B(C('name')) satisfies Expression<never>,
  items: L('x').attr('width').at(0).call('round', B('y')) satisfies Expression<'x' | 'y'>,
  perItem: P([B('x'), { deep: [B('y')] }]) satisfies Expression<'x' | 'y'>,
  perItemPlain: P(NdArray.zeros([3])) satisfies Expression<never>,
  perItemRandom: PP(R('normal', 0, 1)) satisfies Expression<never>,
  condition: IF(B('x').call('max').gt(0), B('y'), 0) satisfies Expression<'x' | 'y'>,
  call: F(Math.max)(B('x').at(0), [B('y')]) satisfies Expression<'x' | 'y'>,
  callOfExpression: F(D('fn'))(B('x')) satisfies Expression<'x'>,
  wrapped: W(B('x')) satisfies Expression<'x'>,
  names: [V(B('x').at(0)), M(C('model')), V('loss', { pipeline: train, mode: 'append' }), C('rate', { pipeline: train, default: 1 })],
  slices: B('x')
    .at(0, null, 2)
    .at([0, B('y').at(0)]) satisfies Expression<'x' | 'y'>,
  texts: I().format('net-{:03d}').radd('models/').str() satisfies Expression<never>,
  reflected: V('n')
    .rsub(B('x'))
    .rdiv(1)
    .rpow(2)
    .rmod(3)
    .rfloorDiv(4)
    .rmul(5)
    .rmatmul([[1]]) satisfies Expression<'x' | Variable<'n'>>,
  comparisons: B('x').eq(1).ne(true).lt(B('y')).le(2).gt(3).ge(4).and(true).or(false).xor(V('n')).not() satisfies Expression<
    'x' | 'y' | Variable
  >,
  signs: B('x').add(1).sub(2).mul(3).div(4).floorDiv(5).mod(6).pow(7).neg().abs() satisfies Expression<'x'>,
  bits: V('n').leftShift(2).rightShift(1).invert().matmul(B('y')) satisfies Expression<'y' | Variable<'n'>>,
  live: B('x')
    .mul(NdArray.zeros([3]))
    .add([1, B('y'), 3]) satisfies Expression<'x' | 'y'>,
  parts: [I('c'), I('m'), I('r'), I('total'), I('current')],
}
void reads
V('n').toString() satisfies string

// Reductions of arrays: a number of everything, an array along axes.
const array = NdArray.zeros([2, 3])
void [
  array.sum() satisfies number,
  array.mean(0) satisfies NdArray,
  array.std([0, 1], true) satisfies NdArray,
  array.argmax(-1) satisfies NdArray,
]
void [array.var() satisfies number, array.max() satisfies number, array.min(1) satisfies NdArray, array.argmin() satisfies number]
// @ts-expect-error along an axis there is an array
array.mean(0) satisfies number
// @ts-expect-error an axis is a number
array.max('rows')
// @ts-expect-error nothing is null, not undefined
V('n').eq(undefined)

// @ts-expect-error the list reads y too
P([B('x'), B('y')]) satisfies Expression<'x'>
// @ts-expect-error so does the branch that may not be taken
IF(V('yes'), B('x'), B('y')) satisfies Expression<'x'>
// @ts-expect-error and the argument of a call on items
L('x').call('f', { key: B('y') }) satisfies Expression<'x'>
// @ts-expect-error no such part of the iteration
I('middle')
// @ts-expect-error F calls functions, and what expressions give
F('Math.max')
// @ts-expect-error an operator of JavaScript
B('x') / 255
// @ts-expect-error an item is at one to three bounds
B('x').at()
// @ts-expect-error another pipeline is given itself
V('loss', { pipeline: 'train' })

// A pipeline refuses components it does not have, at any depth.
p.update(V('n'), [P(B('x')), { a: [L('y').attr('z')] }])
// @ts-expect-error in a list
p.update(V('n'), [B('images')])
// @ts-expect-error in an object in a list
p.update(V('n'), [{ a: B('images') }])
// @ts-expect-error behind L
p.update(V('n'), L('images').attr('width'))
// @ts-expect-error inside P
p.update(V('n'), P([B('x'), B('images')]))
// @ts-expect-error inside IF
p.update(V('n'), IF(true, 1, B('images')))
// @ts-expect-error in an argument of F
p.update(V('n'), F(Math.max)(B('images')))
// @ts-expect-error in the right side of an operation, in a list
p.update(V('n'), B('x').add([1, B('images')]))
// @ts-expect-error in a bound of a slice
p.update(V('n'), B('x').at(0, B('images')))
// @ts-expect-error in a list that is fed
p.trainModel('line', { feed: { x: [B('images')] } })
p.call(Math.max, { args: [B('x').at(0), 1], saveTo: V('n') })
// @ts-expect-error in the arguments of a call
p.call(Math.max, { args: [B('images')] })
// @ts-expect-error a misspelt option
p.call(Math.max, { arg: [] })
// @ts-expect-error in the config of a model
p.initModel('dynamic', Linear, 'line', { config: { size: [B('images').attr('shape')] } })

// What is evaluated before there is a batch must not read one.
p.initModel('static', Linear, 'line', { config: { rate: C('rate'), size: D('length') } })
p.initVariable('n', { default: [0, C('first')] }).initVariable('m', { initOnEachRun: () => [] })
// @ts-expect-error a static model
p.initModel('static', Linear, 'line', { config: { size: B('x').attr('shape') } })
// @ts-expect-error the first value of a variable
p.initVariable('n', { default: B('x') })
// @ts-expect-error its value at the start of a run
p.initVariable('n', { initOnEachRun: [L('x')] })
// @ts-expect-error a misspelt option
p.initVariable('n', { defaults: 1 })

// Places: expressions, what can be filled, and structures of them.
const list: number[] = []
const places = [V('a'), B('new'), C('a/b'), L('x').attr('y'), V('a').at(0, 3), NdArray.zeros([3]), new Float32Array(3), list] as const
p.update(places, V('eight')).update({ a: V('a'), b: [V('b'), list] }, V('both'))
for (const place of places) p.update(place, 1)
p.predictModel('line', { fetches: ['loss', 'predictions'], feed: { x: B('x') }, saveTo: { loss: V('loss'), predictions: list } })
// @ts-expect-error a name is no place
p.update('losses', 1)

// Random values: distributions with their own parameters, by position or by name; a list in place of a name.
R('normal', 0, V('deviation'), { size: [3] }) satisfies Expression<Variable<'deviation'>>
R('gamma', { shape: 2, scale: C('scale'), size: B('size') }) satisfies Expression<'size'>
R('normal', B('means'), { size: 3 }) satisfies Expression<'means'>
R(['metro', 'taxi'], { p: [0.5, 0.5], replace: true, size: 10 }) satisfies Expression<never>
R(C('cities')) satisfies Expression<never>
R(10)
// @ts-expect-error a misspelt distribution
R('nomral')
// @ts-expect-error a parameter of another distribution
R('normal', { lam: 3 })
// @ts-expect-error a wrong type
R('normal', { loc: '3' })
// @ts-expect-error a misspelt option of a choice
R(['a'], { replacement: true })
