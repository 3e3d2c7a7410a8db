/** The command line of the benchmarks: reads it, runs one benchmark. */
import { Command, CommanderError, Option } from 'commander'
import { netNames, nets } from './nets/table.js'
import { type Asked, count, describeCommand, engineOption, jsonOption, peersOption, recordOption } from './support/options.js'
import { BenchProblem } from './support/problem.js'

/** Exit codes: 0 done, 1 what was asked for is wrong or the results contradict it, 2 a measuring process failed, 130 stopped. */
export async function main(args: readonly string[], signal: AbortSignal): Promise<number> {
  try {
    await describeCommands({ command: describeCommand(args), signal }).parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    if (signal.aborted) return 130
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1
    if (!(error instanceof BenchProblem)) throw error
    console.error(error.message)
    return error.exitCode
  }
}

function describeCommands(asked: Asked): Command {
  const program = new Command('bench')
    .description('Measures Millrace, alone or in turn with PyTorch, TensorFlow in Python and BatchFlow. Progress is told on stderr.')
    .usage('COMMAND [options]   (npm run bench -- COMMAND [options])')
    .exitOverride()
    .showHelpAfterError('npm run bench -- --help tells what there is.')

  program
    .command('step')
    .description('a training step and an evaluation of a network')
    .addOption(new Option('--net <name>', 'which network').choices(netNames).default('flagship'))
    .option('--se', 'with squeeze and excitation (flagship)')
    .option('--batch <n>', "items in a batch (default: the network's own, see below)", count)
    .addOption(engineOption())
    .addOption(peersOption())
    .option('--steps <n>', 'counted steps in all, shared among the rounds', count, 15)
    .option('--rounds <n>', 'turns, each in fresh processes (default: 3 with --peers, else 1)', count)
    .addOption(jsonOption())
    .addOption(recordOption())
    .addHelpText('after', `\n${netNames.map(name => `${name.padEnd(10)} ${nets[name].summary}; batch ${nets[name].batch}`).join('\n')}`)
    .action(async options => (await import('./commands/step.js')).step(options, asked))
  program
    .command('run')
    .description("an iteration of the SE comparison's four pipelines, and what 500 of them take")
    .addOption(engineOption())
    .addOption(peersOption())
    .option('--batchflow <file>', 'a Python file in place of bench/peers/batchflow_run.py (it is given --mnist and --iterations)')
    .option('--iterations <n>', 'counted iterations in all, shared among the rounds', count, 15)
    .option('--rounds <n>', 'turns, each in fresh processes (default: 3 with --peers, else 1)', count)
    .addOption(jsonOption())
    .addOption(recordOption())
    .action(async options => (await import('./commands/run.js')).run(options, asked))
  program
    .command('pipeline')
    .description('what a pipeline costs beside the work: batches of MNIST of 1, 32 and 300, shuffled and scaled, no model')
    .addOption(peersOption())
    .option('--seconds <n>', 'how long each size is measured at least, in each round', count, 2)
    .option('--rounds <n>', 'turns, each in fresh processes (default: 5 with --peers, else 1)', count)
    .addOption(jsonOption())
    .addOption(recordOption())
    .action(async options => (await import('./commands/pipeline.js')).pipeline(options, asked))
  program
    .command('first-loss')
    .description('from the start of a process to the first training loss of the flagship, on MNIST')
    .option('--se', 'with squeeze and excitation')
    .addOption(engineOption())
    .option('--times <n>', 'processes', count, 5)
    .addOption(jsonOption())
    .addOption(recordOption())
    .action(async options => (await import('./commands/first-loss.js')).firstLoss(options, asked))
  program
    .command('check')
    .description('what knowing costs without running: a file and a config checked, first weights drawn')
    .option('--times <n>', 'counted repetitions, after the first', count, 20)
    .addOption(jsonOption())
    .addOption(recordOption())
    .action(async options => (await import('./commands/check.js')).measureChecks(options, asked))
  program
    .command('leaks')
    .description('whether memory stays, over many steps of a small network and many such networks')
    .addOption(engineOption())
    .option('--steps <n>', 'training steps', count, 10_000)
    .option('--rebuilds <n>', 'networks built, trained and disposed', count, 50)
    .addOption(jsonOption())
    .addOption(recordOption())
    .action(async options => (await import('./commands/leaks.js')).leaks(options, asked))
  program
    .command('passes')
    .description('what each pass of the compiler buys: a step with all of them, and with each left out')
    .addOption(new Option('--net <name>', 'which network').choices(netNames).default('flagship'))
    .option('--se', 'with squeeze and excitation (flagship)')
    .option('--batch <n>', "items in a batch (default: the network's own)", count)
    .option('--steps <n>', 'counted steps of each process', count, 8)
    .option('--rounds <n>', 'turns', count, 3)
    .addOption(jsonOption())
    .addOption(recordOption())
    .action(async options => (await import('./commands/passes.js')).measurePasses(options, asked))
  program
    .command('parallel')
    .description('what two threads buy on work with images: batches in no thread, one and two in turn')
    .option('--items <n>', 'images in a batch', count, 64)
    .option('--batches <n>', 'counted batches of each turn', count, 4)
    .option('--rounds <n>', 'turns', count, 5)
    .addOption(jsonOption())
    .addOption(recordOption())
    .action(async options => (await import('./commands/parallel.js')).measureParallel(options, asked))
  program
    .command('types')
    .description("what the compiler's check of types costs: of this repository, and of long chains of calls")
    .addOption(jsonOption())
    .addOption(recordOption())
    .action(async options => (await import('./commands/types.js')).measureTypes(options, asked))
  program
    .command('table')
    .description('what is kept in bench/results, as Markdown')
    .addOption(engineOption())
    .action(async options => (await import('./commands/table.js')).table(options))
  return program
}
