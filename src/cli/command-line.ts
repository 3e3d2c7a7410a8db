/** The command line of `millrace`: loads only the command that it names, so that `check` and `--help` start at once. */
import { Command, CommanderError } from 'commander'
import { exitCodes } from './exit-codes.js'
import { tooFewFiles } from './open-files.js'
import { version } from './version.js'

/** Runs one command line and returns the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  let code: number = exitCodes.done
  const program = describeCommands(result => {
    code = result
  })
  try {
    await program.parseAsync(argv)
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongInput
    const tooFew = tooFewFiles(error)
    if (tooFew !== undefined) {
      process.stderr.write(`error: ${tooFew}\n`)
      return exitCodes.runFailed
    }
    const { reportUnexpected } = await import('./report-errors.js')
    return reportUnexpected(error)
  }
}

/** The commands; each passes its exit code to `end`. */
function describeCommands(end: (code: number) => void): Command {
  const program = new Command('millrace')
    .description('Batch pipelines and models over TensorFlow.js, described in YAML or TypeScript.')
    .version(version(), '-V, --version')
    .exitOverride()
    .showHelpAfterError('Run millrace --help to list the commands.')
  const set = [
    '--set <path=value>',
    "set a value of the file, e.g. --set run.iterations=5, or delete one, --set '~run.batch.epochs'; may be repeated",
  ] as const
  const allow = [
    '--allow-module <path>',
    'a module that the file may load although it is not at or below its folder; may be repeated',
  ] as const
  const collect = (value: string, values: readonly string[]) => [...values, value]

  program
    .command('run')
    .description('run an experiment and write its report')
    .argument('<file>', 'the YAML file that describes it; - for standard input')
    .option(...set, collect, [])
    .option(...allow, collect, [])
    .option('--out <dir>', 'the folder of the run (default: runs/<name>/<time>; with --resume the newest of these)')
    .option('--resume', 'resume an interrupted run from its newest checkpoint')
    .option('--profile', 'report at the end what each action cost: time and tensors')
    .option('--json', 'print the results as JSON; text goes to standard error')
    .option('--quiet', 'no progress, only the summary')
    .action(async (file, options) => end(await (await import('./commands/run.js')).run(file, options)))
  program
    .command('check')
    .description('find every mistake in files without running them')
    .argument('<files...>', 'YAML files')
    .option(...set, collect, [])
    .option(...allow, collect, [])
    .option('--json', 'print the mistakes as JSON')
    .action(async (files, options) => end(await (await import('./commands/check.js')).check(files, options)))
  program
    .command('explain')
    .description('print the resolved file: datasets, pipelines, models, run')
    .argument('<file>', 'a YAML file')
    .option(...set, collect, [])
    .option(...allow, collect, [])
    .option('--graph', 'print the compiled graphs of its models; runs one batch per pipeline')
    .option('--json', 'print the resolved description, or the graphs, as JSON')
    .action(async (file, options) => end(await (await import('./commands/explain.js')).explain(file, options)))
  program
    .command('report')
    .description('write the report of a finished run again')
    .argument('<run-dir>', 'the folder of the run, with results.json in it')
    .action(async folder => end(await (await import('./commands/report.js')).report(folder)))
  program
    .command('models')
    .description('list the models by family with their parameters, or describe one')
    .argument('[name]', 'a model, e.g. ResNet18')
    .option('--keys', 'every key of its config: meaning, allowed values, default')
    .option('--json', 'print as JSON')
    .action(async (name, options) => end(await (await import('./commands/models.js')).models(name, options)))
  const data = program.command('data').description('find, fetch and check open sets: Fashion-MNIST, KMNIST, CIFAR')
  data
    .command('list')
    .description('list the sets: what each is, its licence, where it is')
    .option('--json', 'print as JSON')
    .action(async options => end(await (await import('./commands/data.js')).listData(options)))
  data
    .command('get')
    .description('download a set into the cache (MILLRACE_DATA); an interrupted download is continued')
    .argument('<name>', 'a set, e.g. cifar10')
    .action(async name => end(await (await import('./commands/data.js')).getData(name)))
  data
    .command('check')
    .description('verify the checksums of a set')
    .argument('<name>', 'a set, e.g. cifar10')
    .action(async name => end(await (await import('./commands/data.js')).checkData(name)))
  data
    .command('where')
    .description('print the folder of a set')
    .argument('<name>', 'a set, e.g. cifar10')
    .action(async name => end(await (await import('./commands/data.js')).whereData(name)))
  program
    .command('schema')
    .description('print the JSON Schema of experiment files, for editors')
    .action(async () => end(await (await import('./commands/schema.js')).schema()))
  program
    .command('doctor')
    .description('check this machine: Node, TensorFlow, GPU, data')
    .option('--json', 'print as JSON')
    .action(async options => end(await (await import('./commands/doctor.js')).doctor(options)))
  program
    .command('setup')
    .description('provide TensorFlow')
    .option('--gpu', 'with CUDA, even if no GPU is found')
    .option('--no-gpu', 'for the processor, even if a GPU is found')
    .option('--force', 'set up again, even if it is there')
    .action(async options => end(await (await import('./commands/setup.js')).setup(options)))
  return program
}
