/** Operations whose result does not depend only on their inputs. */

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
 * True if an operation draws random numbers, has an effect, or reads what another may change: such operations are not shared, nor computed
 * beforehand. The `StatelessRandom…` take their seed as an input and are pure.
 */
export function isStateful(op: string): boolean {
  return stateful.has(op)
}
