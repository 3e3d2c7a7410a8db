/**
 * What the parts of a batch weigh. A loss is a mean over what counts, and parts of equal length may differ in it: in pixels that are not
 * ignored, in items of classes with large weights.
 */
import { SMALLEST } from '../losses/loss.js'
import type { Tensor } from '../tf-types.js'
import { headsOf, type Network } from './network.js'
import { encodeTarget } from './targets.js'

/** Factors of the means of one part, whose items are its share already. Undefined where the items are all that counts. */
export interface PartWeights {
  /** Of each loss of each output. */
  readonly losses: readonly (readonly (Tensor | undefined)[])[]
  readonly accuracy: Tensor | undefined
}

/** A part of a batch, and its share of the items. */
interface Part {
  readonly feed: ReadonlyMap<string, Tensor>
  readonly share: number
}

/** The factors of each part of a batch; undefined for a batch in one part. Call it within `tf.tidy`. */
export function weighParts(network: Network, parts: readonly Part[]): readonly (PartWeights | undefined)[] {
  const { tf } = network
  if (parts.length === 1) return [undefined]
  const masses = parts.map(part => tf.tidy(() => massesOf(network, part)))
  const totals = masses[0]!.map((first, i) => first && tf.maximum(tf.addN(masses.map(each => each[i]!)), SMALLEST))
  return parts.map(({ share }, part) => {
    const factors = masses[part]!.map((mass, i) => mass && tf.div(tf.div(mass, totals[i]!), share))
    const [accuracy, ...left] = factors
    return { accuracy, losses: headsOf(network).map(({ loss }) => left.splice(0, loss.length)) }
  })
}

/** What the accuracy and each loss of each output divide by. */
function massesOf(network: Network, { feed }: Part): (Tensor | undefined)[] {
  const { tf } = network
  const heads = headsOf(network).map(head => ({ ...head, fed: encodeTarget(tf, feed.get(head.target.name)!, head.target) }))
  const counts = heads[0]?.fed.counts
  return [
    counts && tf.sum(counts),
    ...heads.flatMap(({ loss, outputKind, fed }) => loss.map(each => each.mass(fed.values, { tf, outputKind, counts: fed.counts }))),
  ]
}
