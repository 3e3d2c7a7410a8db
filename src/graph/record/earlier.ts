/** What earlier traced calls left: a later call that reads it carries state. */
import type { DataId, Tensor } from '../backend.js'

/** Data of tensors that traced calls made or returned, by who traced: what its later calls read of them is carried from call to call. */
export const earlier = new WeakMap<DataId, object>()

/** What stood for the arguments of earlier traced calls. */
export const earlierArguments = new WeakSet<Tensor>()
