/** Operations whose result is not a function of their inputs alone. */

const stateful = new Set(
  (
    'RandomUniform RandomUniformInt RandomStandardNormal TruncatedNormal ParameterizedTruncatedNormal Multinomial RandomGamma RandomPoisson ' +
    'RandomPoissonV2 RandomShuffle RandomCrop SampleDistortedBoundingBox SampleDistortedBoundingBoxV2 StatefulUniform StatefulUniformInt ' +
    'StatefulUniformFullInt StatefulStandardNormal StatefulStandardNormalV2 StatefulTruncatedNormal StatefulRandomBinomial RngSkip ' +
    'NonDeterministicInts Print PrintV2 Assert Timestamp PyFunc EagerPyFunc VarHandleOp ReadVariableOp AssignVariableOp AssignAddVariableOp ' +
    'AssignSubVariableOp'
  ).split(' '),
)

/**
 * Whether an operation draws random numbers, has an effect, or reads what another may change: two of them are two, and none is computed
 * beforehand. The `StatelessRandom…` take their seed as an input and are as pure as any other.
 */
export function isStateful(op: string): boolean {
  return stateful.has(op)
}
