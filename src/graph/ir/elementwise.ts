/** Operations that compute each element of their output from the elements at the same position. */

const list = (names: string) => new Set(names.split(' '))

const unary = list(
  'Identity Relu Relu6 LeakyRelu Elu Selu Sigmoid Tanh Softplus Softsign Exp Expm1 Log Log1p Sqrt Rsqrt Square Neg Abs Sign Floor Ceil Round ' +
    'Rint Sin Cos Tan Asin Acos Atan Sinh Cosh Asinh Acosh Atanh Erf Reciprocal Inv ZerosLike OnesLike StopGradient LogicalNot Step Cast ' +
    'IsNan IsInf IsFinite',
)

const binary = list(
  'Add AddV2 Sub Mul Div RealDiv DivNoNan MulNoNan FloorDiv FloorMod Mod Pow Maximum Minimum SquaredDifference Atan2 Xdivy Xlogy Equal ' +
    'NotEqual Greater GreaterEqual Less LessEqual LogicalAnd LogicalOr',
)

const gradients = list(
  'ReluGrad Relu6Grad LeakyReluGrad EluGrad SeluGrad SigmoidGrad TanhGrad SqrtGrad RsqrtGrad SoftplusGrad SoftsignGrad ReciprocalGrad',
)

/** True if an operation works element by element; its inputs have the shape of its output, or are broadcast to it. */
export function isElementwise(op: string): boolean {
  return unary.has(op) || binary.has(op) || gradients.has(op) || op === 'SelectV2'
}

/** True if an operation takes two inputs and broadcasts them to one shape. */
export function isBroadcasting(op: string): boolean {
  return binary.has(op)
}
