/** The flagship's four pipelines taking turns, in a process of its own: `run.ts {"engine", "iterations"}`; prints one line of JSON. */
import { openExperiment, registry } from '../../src/experiment.js'
import type { TfModel } from '../../src/models.js'
import { readFlagship } from '../support/flagship.js'
import { lap, peakRssMb } from '../support/lap.js'
import { engineVersion } from '../support/machine.js'
import { median } from '../support/median.js'

const warmUp = 2
const { engine, iterations } = JSON.parse(process.argv[2]!) as { engine: string; iterations: number }
const { spec, pipelines } = await openExperiment(readFlagship(engine), registry)
const { turns, batch } = spec.run

const rounds: number[][] = []
while (rounds.length < warmUp + iterations) {
  const round: number[] = []
  for (const name of turns) round.push(await lap(() => pipelines[name]!.nextBatch({ ...batch, seed: spec.seed })))
  rounds.push(round)
}
const counted = rounds.slice(warmUp)
const [res_train, res_test, se_train, se_test] = turns.map((_, turn) => median(counted.map(round => round[turn]!)))
const model = (pipeline: string, name: string) => pipelines[pipeline]!.m(name) as unknown as TfModel
const facts = {
  params: { resnet: model('resTrain', 'resnet').parameterCount, se: model('seTrain', 'se').parameterCount },
  iteration_ms: median(counted.map(round => round.reduce((sum, ms) => sum + ms, 0))),
  res_train,
  res_test,
  se_train,
  se_test,
  peak_rss_mb: peakRssMb(),
  version: engineVersion(model('resTrain', 'resnet').network.tf),
}
console.log(JSON.stringify(facts))
