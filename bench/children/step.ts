/** Measures a network in a process of its own: `step.ts {"net", "se", "batch", "steps", "engine", "without"}`; prints one line of JSON. */
import { type NetName, nets } from '../nets/table.js'
import { lap, laps, peakRssMb, warmUp } from '../support/lap.js'
import { engineVersion } from '../support/machine.js'
import { median } from '../support/median.js'

const { net: name, se, batch, steps, engine, without } = JSON.parse(process.argv[2]!)
if (without) process.env.MILLRACE_WITHOUT = without
const net = nets[name as NetName]
const model = await net.build({ engine, se })
const feed = net.feed(batch)
const train = () => model.train(feed, ['loss'])
const evaluate = () => model.predict(feed, ['loss'])

const first = await lap(train)
await laps(warmUp - 1, train)
const training = median(await laps(steps, train))
await laps(warmUp, evaluate)
const evaluation = median(await laps(steps, evaluate))
const facts = {
  params: model.parameterCount,
  train_ms: training,
  evaluate_ms: evaluation,
  first_ms: first,
  peak_rss_mb: peakRssMb(),
  version: engineVersion(model.network.tf),
}
console.log(JSON.stringify(facts))
