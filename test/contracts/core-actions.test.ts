/** Every row of the action table: its method, docs, handler and schema, both doors, and an error for each wrong option. */
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { MillraceError } from '../../src/errors/index.js'
import { ResNet18 } from '../../src/models.js'
import type { ActionRow } from '../../src/pipeline/description/action-row.js'
import { type ActionName, actionNames, actionTable } from '../../src/pipeline/description/action-table.js'
import { destinationArguments } from '../../src/pipeline/description/content/visit-actions.js'
import { B, I, Pipeline, V } from '../../src/pipeline/index.js'
import { handlers } from '../../src/pipeline/run/actions/handler-table.js'
import type { JsonValue } from '../../src/util/json.js'
import { docstringsIn } from './support/docstrings.js'
import { actionsIn, empty, errorsIn, type FileAction, other } from './support/doors.js'
import { actionsOfFiles, optionsOf, requiredIn, wrongInFile } from './support/schemas.js'

/** What every example may use: a variable, a model, a lock. */
const config = { inputs: { images: { shape: [28, 28, 1] }, labels: { classes: 10 } } }
const prepared = () => empty().initVariable('v').importModel('net', other).initLock('lock')
const preparedInFile: readonly FileAction[] = [
  'initVariable: { name: v }',
  'importModel: { name: net, from: other }',
  'initLock: { name: lock }',
]

type Prepared = ReturnType<typeof prepared>
interface Example {
  readonly fluent: (pipeline: Prepared) => Pipeline<any>
  /** The same in a file; none for an action that names live things. */
  readonly file?: string
}

const images = { images: B('images') }
const examples = {
  initVariable: { fluent: p => p.initVariable('n', { default: 1 }), file: 'initVariable: { name: n, default: 1 }' },
  update: {
    fluent: p => p.update(V('v'), I().add(1), { mode: 'append' }),
    file: "update: { dst: !V v, value: { '+': [!I current, 1] }, mode: append }",
  },
  initModel: {
    fluent: p => p.initModel('dynamic', ResNet18, 'second', { config }),
    file: 'initModel: { mode: dynamic, modelClass: ResNet18, name: second, config: { inputs: { images: { shape: [28, 28, 1] }, labels: { classes: 10 } } } }',
  },
  importModel: { fluent: p => p.importModel('net', other), file: 'importModel: { name: net, from: other }' },
  loadModel: { fluent: p => p.loadModel('loaded', 'models/net'), file: 'loadModel: { name: loaded, path: models/net }' },
  saveModel: { fluent: p => p.saveModel('net', 'models/net'), file: 'saveModel: { name: net, path: models/net }' },
  trainModel: {
    fluent: p => p.trainModel('net', { feed: images, fetches: 'loss', saveTo: V('v'), mode: 'append' }),
    file: 'trainModel: { name: net, feed: { images: !B images }, fetches: loss, saveTo: !V v, mode: append }',
  },
  predictModel: {
    fluent: p => p.predictModel('net', { feed: images, fetches: ['loss', 'predictions'], saveTo: [V('v'), B('scores' as 'images')] }),
    file: 'predictModel: { name: net, feed: { images: !B images }, fetches: [loss, predictions], saveTo: [!V v, !B scores] }',
  },
  getWeights: {
    fluent: p => p.getWeights('net', { match: '**/kernel', saveTo: V('v'), mode: 'write' }),
    file: "getWeights: { name: net, match: '**/kernel', saveTo: !V v, mode: write }",
  },
  setWeights: { fluent: p => p.setWeights('net', V('v')), file: 'setWeights: { name: net, weights: !V v }' },
  transformWeights: {
    fluent: p =>
      p.transformWeights('net', { match: ['**/kernel', '!head'], by: { zeroBelow: I().mul(0.01) }, saveTo: V('v'), mode: 'append' }),
    file: "transformWeights: { name: net, match: ['**/kernel', '!head'], by: { zeroBelow: { '*': [!I current, 0.01] } }, saveTo: !V v, mode: append }",
  },
  gatherMetrics: {
    fluent: p => p.gatherMetrics('classification', { targets: B('labels'), predictions: V('v'), fmt: 'logits', axis: -1, saveTo: V('v') }),
    file: 'gatherMetrics: { kind: classification, targets: !B labels, predictions: !V v, fmt: logits, axis: -1, saveTo: !V v }',
  },
  call: { fluent: p => p.call(() => 1, { args: [B('images')], saveTo: V('v') }) },
  print: { fluent: p => p.print('loss', V('v'), { label: 'train' }), file: 'print: { values: [loss, !V v], label: train }' },
  if: {
    fluent: p =>
      p.if(
        I().gt(3),
        q => q.skipBatch(),
        q => q.print('on'),
      ),
    file: "if: { condition: { '>': [!I current, 3] }, then: [{ skipBatch: {} }], else: [{ print: { values: ['on'] } }] }",
  },
  repeat: { fluent: p => p.repeat(2, q => q.print('again')), file: 'repeat: { times: 2, actions: [{ print: { values: [again] } }] }' },
  sometimes: {
    fluent: p => p.sometimes(0.5, q => q.print('again')),
    file: 'sometimes: { probability: 0.5, actions: [{ print: { values: [again] } }] }',
  },
  skipBatch: { fluent: p => p.skipBatch(), file: 'skipBatch: {}' },
  stopPipeline: { fluent: p => p.stopPipeline(), file: 'stopPipeline: {}' },
  join: { fluent: p => p.join(other), file: 'join: { pipelines: [other] }' },
  merge: { fluent: p => p.merge(other, { components: ['images'] }), file: 'merge: { pipelines: [other], components: [images] }' },
  rebatch: { fluent: p => p.rebatch(4, { components: ['images'] }), file: 'rebatch: { batchSize: 4, components: [images] }' },
  initLock: { fluent: p => p.initLock('second'), file: 'initLock: { name: second }' },
  acquireLock: { fluent: p => p.acquireLock('lock'), file: 'acquireLock: { name: lock }' },
  releaseLock: { fluent: p => p.releaseLock('lock'), file: 'releaseLock: { name: lock }' },
} as const satisfies Record<ActionName, Example>

const table: Readonly<Record<ActionName, ActionRow>> = actionTable
const example = (name: ActionName): Example => examples[name]

/** The arguments an example has. */
const argumentsOf = (name: ActionName) =>
  Object.values(example(name).fluent(prepared()).spec.actions.at(-1)!)[0] as Record<string, JsonValue>

/** What the fluent door says of arguments. */
function fluentError(name: ActionName, args: object): MillraceError | undefined {
  try {
    prepared().addAction(name, args as Record<string, unknown>)
  } catch (error) {
    if (error instanceof MillraceError) return error
    throw error
  }
  return undefined
}

interface Wrong {
  readonly option: string
  readonly args: Readonly<Record<string, JsonValue>>
}

/** What the file door says of each of several wrong arguments. */
function fileErrors(name: ActionName, wrong: readonly Wrong[]): readonly (MillraceError | undefined)[] {
  const errors = errorsIn(Object.fromEntries(wrong.map(({ args }, i) => [`p${i}`, [...preparedInFile, { [name]: args }]])))
  return wrong.map(({ option }, i) => {
    const own = errors.filter(({ location }) => location.pipeline === `p${i}`)
    return own.find(({ message }) => message.includes(option)) ?? own[0]
  })
}

/** Expects an error that names the action, the option, what is allowed. */
function expectNamed(error: MillraceError | undefined, name: ActionName, { option, args }: Wrong, door: string) {
  const what = `${name}, ${option}: ${JSON.stringify(args[option])}, ${door}`
  expect(error, what).to.be.instanceOf(MillraceError)
  expect(error!.message, what).to.include(option)
  // An item of a block is an action itself, or should be one.
  if (!table[name].blocks?.includes(option)) expect(error!.location.action?.name, what).to.equal(name)
}

function refusedInFile(name: ActionName, wrong: readonly Wrong[]) {
  for (const [i, error] of fileErrors(name, wrong).entries()) expectNamed(error, name, wrong[i]!, 'in a file')
}

/** Expects that both doors refuse these arguments, with one of these codes. */
function refusedByBoth(name: ActionName, wrong: readonly Wrong[], codes: readonly string[]) {
  const inFile = isOfFiles(name) ? fileErrors(name, wrong) : []
  for (const [i, one] of wrong.entries()) {
    const doors = { 'fluent method': fluentError(name, one.args), ...(isOfFiles(name) && { 'in a file': inFile[i] }) }
    for (const [door, error] of Object.entries(doors)) {
      expectNamed(error, name, one, door)
      expect(codes, `${name}, ${one.option}, ${door}: ${error!.message}`).to.include(error!.code)
      if (one.option.endsWith('x'))
        expect(error!.message)
          .to.include('Allowed: ')
          .and.include(`Did you mean ${one.option.slice(0, -1)}?`)
    }
  }
}

const isOfFiles = (name: ActionName) => !table[name].needsLive

const without = (args: Wrong['args'], option: string) => Object.fromEntries(Object.entries(args).filter(([key]) => key !== option))

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

const docstrings = docstringsIn('pipeline/pipeline.ts')

describe('contract: every core action', () => {
  for (const name of actionNames) {
    describe(name, () => {
      const {
        args: { schema },
        summary,
      } = table[name]

      it('has a method of its name, with a docstring', () => {
        expect(Pipeline.prototype).to.have.property(name).that.is.a('function')
        expect(docstrings.get(name), `${name} of Pipeline has a docstring`).to.be.a('string')
      })

      it(`docs: ${name} in the README`, () => expect(readme).to.match(new RegExp(`\\b${name}\\b`)))

      it(`docs: an example in the docstring of ${name}`, () => expect(docstrings.get(name)).to.include('@example'))

      it('has a handler, a summary and described options', () => {
        expect(handlers).to.have.property(name)
        expect(summary).to.match(/^\S/)
        for (const [option, { description }] of Object.entries(optionsOf(schema)))
          expect(description, `description of ${option}`).to.be.a('string')
      })

      it('is an action of files unless it names live things', () => {
        expect(actionsOfFiles.includes(name)).to.equal(isOfFiles(name))
        expect(example(name).file !== undefined, 'has an example for files').to.equal(isOfFiles(name))
      })

      it('means the same through both doors', () => {
        const { fluent, file } = example(name)
        if (file === undefined) return
        const actions = fluent(prepared()).spec.actions
        expect(JSON.stringify(actionsIn([...preparedInFile, file]))).to.equal(JSON.stringify(actions))
      })

      it('refuses a misspelt option', () => {
        const args = argumentsOf(name)
        const wrong = Object.keys(args).map(option => ({ option: `${option}x`, args: { ...args, [`${option}x`]: args[option]! } }))
        refusedByBoth(name, wrong, ['unknown-option', 'unknown-key'])
      })

      it('refuses to go without what it requires', () => {
        const args = argumentsOf(name)
        const wrong = requiredIn(schema).map(option => ({ option, args: without(args, option) }))
        refusedByBoth(name, wrong, ['missing-argument', 'missing-key', 'argument-alone'])
      })

      it('refuses wrong values of every option that does not take any value', () => {
        const args = argumentsOf(name)
        const wrong = Object.keys(optionsOf(schema)).flatMap(option =>
          (isOfFiles(name) ? wrongInFile(name, option) : []).map(value => ({ option, args: { ...args, [option]: value } })),
        )
        refusedInFile(name, wrong)
      })

      for (const option of Object.keys(optionsOf(schema)).filter(option => isOfFiles(name) && wrongInFile(name, option).length > 0)) {
        it(`fluent: wrong values of ${name}.${option}`, () => {
          // In TypeScript an empty list is a destination: it is filled.
          const isDestination = destinationArguments(name).includes(option)
          for (const value of wrongInFile(name, option).filter(value => !(isDestination && Array.isArray(value)))) {
            const wrong = { option, args: { ...argumentsOf(name), [option]: value } }
            expectNamed(fluentError(name, wrong.args), name, wrong, 'fluent method')
          }
        })
      }
    })
  }
})
