import { expect } from 'chai'
import { renderErrors } from '../../../src/errors/index.js'
import { B, C, I, type Pipeline, template, V } from '../../../src/index.js'
import { dumpExperiment, readExperiment } from '../../../src/pipeline/yaml/index.js'
import { registry } from '../../support/registry.js'

const { batchClass } = registry.opensets.mnist!

/** A file with one pipeline besides another one it can name. */
const file = (pipeline: string) => `
datasets: { mnist: { openset: mnist } }
pipelines:
  other: { dataset: mnist.train, batch: { batchSize: 5 }, actions: [] }
  one:
    dataset: mnist.train
${pipeline.replace(/^/gm, '    ')}
run: { iterations: 1, turns: [one], batch: { batchSize: 2 } }
`

const other = template(batchClass as never).named('other') as Pipeline<any>
const base = () => template(batchClass as never) as any

const doors: [string, string, (p: any) => any][] = [
  [
    'if',
    'actions:\n  - if:\n      condition: { "==": [!I current, 1] }\n      then:\n        - flip:\n      else:\n        - normalize: { scale: 255 }',
    p =>
      p.if(
        I('current').eq(1),
        (p: any) => p.flip(),
        (p: any) => p.normalize({ scale: 255 }),
      ),
  ],
  [
    'repeat inside sometimes',
    'actions:\n  - sometimes:\n      actions:\n        - repeat: { times: !C n, actions: [flip: {}] }\n      probability: 0.5\nconfig: { n: 2 }',
    p => p.setConfig({ n: 2 }).sometimes(0.5, (p: any) => p.repeat(C('n'), (p: any) => p.flip())),
  ],
  [
    'rebatch, skipBatch, stopPipeline',
    'actions:\n  - rebatch: { batchSize: 7, components: [images] }\n  - if: { condition: !I, then: [{ skipBatch: {} }] }\n  - stopPipeline:',
    p =>
      p
        .rebatch(7, { components: ['images'] })
        .if(I(), (p: any) => p.skipBatch())
        .stopPipeline(),
  ],
  ['join and merge', 'actions:\n  - join: { pipelines: [other] }\n  - merge: { pipelines: [other] }', p => p.join(other).merge(other)],
  [
    'before and after',
    "before:\n  - initVariable: { name: n, default: 0 }\n  - loadModel: { name: net, path: models/net }\nactions:\n  - predictModel: { name: net, feed: { images: !B images }, fetches: loss, saveTo: !V n }\nafter:\n  - saveModel: { name: net, path: { '.': [!V n, x] } }",
    p =>
      p
        .before((p: any) => p.initVariable('n', { default: 0 }).loadModel('net', 'models/net'))
        .predictModel('net', { feed: { images: B('images') }, fetches: 'loss', saveTo: V('n') })
        .after((p: any) => p.saveModel('net', V('n').attr('x'))),
  ],
  [
    'locks',
    'actions:\n  - initLock: { name: files }\n  - acquireLock: { name: files }\n  - releaseLock: { name: files }',
    p => p.initLock('files').acquireLock('files').releaseLock('files'),
  ],
  [
    'print',
    'actions:\n  - print: { values: [seen, !I , { size: !B size }], label: one }',
    p => p.print('seen', I(), { size: B('size') }, { label: 'one' }),
  ],
  [
    'batch',
    'batch: { batchSize: 3, shuffle: 2, epochs: null, prefetch: 2 }\nactions: []',
    p => p.runLater(3, { shuffle: 2, epochs: null, prefetch: 2 }),
  ],
]

describe('pipelines of pipelines in a file', () => {
  for (const [name, yaml, fluent] of doors) {
    it(`${name}: gives what the methods give, and is written and read again`, () => {
      const { spec, errors } = readExperiment(file(yaml), { registry })
      expect(renderErrors(errors)).to.equal('')
      expect(spec!.pipelines.one).to.deep.equal({ dataset: 'mnist.train', ...fluent(base()).spec })
      expect(readExperiment(dumpExperiment(spec!), { registry, file: `${spec!.name}.yaml` }).spec).to.deep.equal(spec)
    })
  }

  const mistakes: [string, string, string][] = [
    ['a misspelt action in a block', 'actions:\n  - repeat: { times: 2, actions: [{ flop: {} }] }', 'action 1.1 (flop)|unknown-action|Did you mean flip'],
    ['a misspelt argument in a block of a block', 'actions:\n  - if:\n      condition: 1\n      then:\n        - repeat:\n            times: 2\n            actions:\n              - flip: { axes: vertical }', 'action 1.then.1.1 (flip)|unknown-key|axes'],
    ['an unknown variable in a block', 'actions:\n  - repeat: { times: !V n, actions: [{ flip: {} }] }', 'action 1 (repeat)|unknown-name|variable called n'],
    ['an empty block', 'actions:\n  - repeat: { times: 2, actions: [] }', 'action 1 (repeat)|wrong-type|actions'],
    ['two keys in a block', 'actions:\n  - repeat:\n      times: 2\n      actions:\n        - flip: {}\n          normalize: { scale: 2 }', 'action 1.1 (flip)|one-key|normalize'],
    ['a batch action before', 'before: [{ flip: {} }]\nactions: []', 'action before.1 (flip)|action-needs-batch|before has none'],
    ['a batch expression after', 'actions: [{ initVariable: { name: n } }]\nafter: [{ update: { dst: !V n, value: !B images } }]', 'action after.1 (update)|no-batch|B was evaluated'],
    ['rebatch in a block', 'actions:\n  - repeat: { times: 2, actions: [{ rebatch: { batchSize: 2 } }] }', 'action 1.1 (rebatch)|stage-in-block|inside another action'],
    ['a pipeline that is not there', 'actions: [{ join: { pipelines: [others] } }]', 'action 1 (join)|unknown-name|Did you mean other'],
    ['a lock that is not there', 'actions: [{ acquireLock: { name: files } }]', 'action 1 (acquireLock)|unknown-name|lock called files'],
    ['a pipeline that joins itself', 'actions: [{ join: { pipelines: [one] } }]', 'action 1 (join)|pipeline-cycle|one → one'],
    ['an option that batches have not', 'batch: { batchsize: 2 }\nactions: []', 'unknown-key|Did you mean batchSize'],
  ] // biome-ignore format: one line a case
  for (const [name, yaml, parts] of mistakes) {
    it(`${name} is told once, in its place`, () => {
      const { errors } = readExperiment(file(yaml), { registry })
      expect(errors.map(({ message }) => message)).to.have.length(1)
      const told = `${errors[0]!.message} ${renderErrors(errors)}`
      for (const part of parts.split('|')) expect(told).to.include(part)
    })
  }
})
