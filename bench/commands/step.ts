/** `bench step`: a training step and an evaluation of a network, alone or in turn with the same network elsewhere. */
import { type NetName, nets } from '../nets/table.js'
import { measureHere, measurePython } from '../support/child.js'
import { warmUp } from '../support/lap.js'
import { rounded } from '../support/median.js'
import type { Asked } from '../support/options.js'
import { nameOf, pythonIn } from '../support/peers.js'
import { childFile, peerFile } from '../support/places.js'
import { BenchProblem } from '../support/problem.js'
import { grouped, present, progress, resultHead } from '../support/result.js'
import { comparableParameters, mediansOf, type StepFacts, type StepFigures, type StepResult, toFigures } from '../support/step-result.js'
import { describeStep, stepFileName } from '../support/step-text.js'

export interface StepOptions {
  readonly net: NetName
  readonly se?: boolean
  readonly batch?: number
  readonly engine: string
  readonly peers?: string
  readonly steps: number
  readonly rounds?: number
  readonly json?: boolean
  readonly record?: boolean
}

type Measure = () => Promise<StepFacts>

/** Measures and prints. With peers, each round runs every program in a process of its own, one after the other. */
export async function step(options: StepOptions, asked: Asked): Promise<void> {
  const net = nets[options.net]
  const { se = false, batch = net.batch, rounds = options.peers === undefined ? 1 : 3 } = options
  if (se && !net.hasSe) {
    const allowed = Object.keys(nets).filter(name => nets[name as NetName].hasSe)
    throw new BenchProblem(`${options.net} has no variant with squeeze and excitation; --se goes with --net ${allowed.join(', ')}`)
  }
  const steps = Math.ceil(options.steps / rounds)
  const programs = programsOf({ ...options, se, batch, steps }, asked)

  const all: Record<string, StepFacts>[] = []
  for (let round = 1; round <= rounds; round++) {
    const facts: Record<string, StepFacts> = {}
    for (const [name, measure] of Object.entries(programs)) {
      facts[name] = await measure()
      const { train_ms, evaluate_ms, peak_rss_mb } = facts[name]
      const figures = `${train_ms.toFixed(1)} ms a training step, ${evaluate_ms.toFixed(1)} ms an evaluation, ${grouped(peak_rss_mb)} MB`
      progress(`round ${round} of ${rounds}, ${nameOf(name)}: ${figures}`)
    }
    checkParameters(facts)
    all.push(facts)
  }
  const result = toResult(all, { ...options, se, batch, steps }, asked)
  present(result, stepFileName(result, net.batch), describeStep(result), options)
}

type Chosen = StepOptions & { readonly se: boolean; readonly batch: number }

function programsOf({ net, se, batch, steps, engine, peers }: Chosen, { signal }: Asked): Record<string, Measure> {
  const millrace: Measure = () => measureHere(childFile('step.ts'), { net, se, batch, steps, engine }, signal)
  if (peers === undefined) return { millrace }
  const python = pythonIn(peers)
  const args = ['--net', net, ...(se ? ['--se'] : []), '--batch', `${batch}`, '--steps', `${steps}`]
  const files = { torch: 'torch_step.py', tensorflow: 'tf_step.py' }
  const others = nets[net].peers.map((peer): [string, Measure] => [peer, () => measurePython(python, peerFile(files[peer]), args, signal)])
  return { millrace, ...Object.fromEntries(others) }
}

/** Only equal networks are compared. */
function checkParameters(facts: Readonly<Record<string, StepFacts>>): void {
  const counts = Object.entries(facts).map(([name, fact]) => [name, comparableParameters(fact)] as const)
  if (new Set(counts.map(([, parameters]) => parameters)).size === 1) return
  const told = counts.map(([name, parameters]) => `${nameOf(name)} has ${grouped(parameters)}`).join(', ')
  throw new BenchProblem(`these are not the same networks: ${told} parameters; their times say nothing of each other`)
}

function toResult(all: readonly Readonly<Record<string, StepFacts>>[], chosen: Chosen, asked: Asked): StepResult {
  const [first] = all as [Readonly<Record<string, StepFacts>>]
  const names = Object.keys(first)
  const perProgram = <T>(value: (name: string) => T) => Object.fromEntries(names.map(name => [name, value(name)]))
  const medians: Record<string, StepFigures> = perProgram(name => mediansOf(all.map(facts => toFigures(facts[name]!))))
  const { millrace, ...peers } = medians
  const extra = Object.entries(first).filter(([, { second_biases }]) => second_biases)
  return {
    ...resultHead('step', asked, { tensorflow: first.millrace!.version, ...versionsOfPeers(first) }),
    kind: 'step',
    net: chosen.net,
    se: chosen.se,
    batch: chosen.batch,
    engine: chosen.engine,
    steps: chosen.steps,
    warmUp,
    parameters: perProgram(name => comparableParameters(first[name]!)),
    ...(extra.length > 0 ? { secondBiases: Object.fromEntries(extra.map(([name, facts]) => [name, facts.second_biases!])) } : {}),
    rounds: all.map(facts => Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, toFigures(fact)]))),
    medians,
    ratios: Object.fromEntries(
      Object.entries(peers).map(([name, peer]) => [
        name,
        { train: rounded(millrace!.trainMs / peer.trainMs), evaluate: rounded(millrace!.evaluateMs / peer.evaluateMs) },
      ]),
    ),
  }
}

function versionsOfPeers({ torch, tensorflow }: Readonly<Record<string, StepFacts>>): Record<string, string> {
  return { ...(torch ? { torch: torch.version } : {}), ...(tensorflow ? { tensorflowPython: tensorflow.version } : {}) }
}
