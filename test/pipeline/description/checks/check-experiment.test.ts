import { expect } from 'chai'
import type { ChartKind } from '../../../../src/contracts/charts.js'
import { experimentProblems, pipelineProblems } from '../../../../src/pipeline/description/checks/check-experiment.js'
import type { PipelineSpec } from '../../../../src/pipeline/description/content/pipeline-spec.js'
import type { JsonObject } from '../../../../src/util/json.js'

const variable = (name: unknown) => ({ initVariable: { name } })
const model = (name: unknown) => ({ initModel: { mode: 'static', modelClass: 'ResNet', name } })
const pipeline = (actions: readonly object[], more: object = { dataset: 'mnist.train' }) =>
  ({ config: {}, actions, ...more }) as unknown as PipelineSpec

/** `train` waits for `source`; `loose` has no dataset, `unread` is not known, `odd` declares what has no readable name. */
const pipelines = new Map<string, PipelineSpec | undefined>([
  ['train', pipeline([variable('loss'), model('net'), { join: { pipelines: ['source'] } }])],
  ['source', pipeline([variable('count')], { datasetFrom: { C: 'data' } })],
  ['loose', pipeline([variable('n')], {})],
  ['unread', undefined],
  ['odd', pipeline([variable(5), model({})])],
])

/** A chart whose options name variables and models, one whose reader fails, one without models. */
const kinds: Readonly<Record<string, ChartKind>> = {
  curves: {
    summary: '',
    schema: {},
    ranges: [
      ['from', 'to'],
      ['low', 'high'],
    ],
    variables: ({ series = {} }) => Object.entries<string>(series).map(([key, ref]) => ({ ref, path: ['series', key] })),
    models: ({ model }) => (model === undefined ? [] : [{ ref: model, path: ['model'] }]),
  },
  failing: {
    summary: '',
    schema: {},
    variables: () => {
      throw new TypeError('not a map')
    },
  },
}

const told = (problems: ReturnType<typeof experimentProblems>) =>
  problems.map(({ path, code, details }) => `${path.join('/')} ${code} ${JSON.stringify(details)}`)
const ofRun = (run: JsonObject | undefined, charts: unknown = [], among = pipelines) =>
  told(experimentProblems({ pipelines: among, run, charts }, kinds))

describe('what several pipelines name', () => {
  const turns = ['train']
  const variables = ['train.loss', 'source.count', 'loose.n']
  const unknownPipeline = (seen: string) => JSON.stringify({ kind: 'pipeline', seen, allowed: [...pipelines.keys()] })
  const unknownMember = (kind: string, seen: string, allowed: readonly string[]) => JSON.stringify({ kind, seen, allowed })
  const finite = { batchSize: 1, iterations: 2 }

  const cases: Readonly<Record<string, readonly [run: JsonObject | undefined, wanted: readonly string[], charts?: unknown]>> = {
    'is right if it is there': [
      { turns: ['train', 'source'], after: [{ pipeline: 'train', batch: finite }], record: ['train.loss', 'source.count'] },
      [],
    ],
    'is not looked for where a run cannot be read': [undefined, []],
    'is not looked for in what is no list': [{ turns: 5, after: 'x', record: {} }, [], 'none'],
    'is not looked for in what is no name': [{ turns: [5, 'train'], after: [{ pipeline: 5, batch: finite }, 7], record: [5] }, [], [5]],
    'may be a pipeline that cannot be read': [
      { turns: ['unread'], record: ['unread.x', 'odd.x'] },
      ['run/record/1 record-without-turns {"ref":"odd.x","pipeline":"odd","turns":["unread"]}'],
    ],
    'must be there to take turns': [{ turns: ['train', 'trian'] }, [`run/turns/1 unknown-name ${unknownPipeline('trian')}`]],
    'must have a dataset to take turns': [{ turns: ['loose'] }, ['run/turns/0 no-dataset {"seen":"loose"}']],
    'must have a dataset, without turns, unless it runs later': [{}, ['pipelines/loose no-dataset {"seen":"loose"}']],
    'is asked for a dataset once if it runs later': [
      { after: [{ pipeline: 'loose', batch: finite }] },
      ['run/after/0/pipeline no-dataset {"seen":"loose"}'],
    ],
    'must be there to run later': [
      { turns, after: [{ pipeline: 'exam', batch: finite }] },
      [`run/after/0/pipeline unknown-name ${unknownPipeline('exam')}`],
    ],
    'must end if it runs later': [
      {
        turns,
        after: [
          { pipeline: 'train', batch: { epochs: null } },
          { pipeline: 'train', batch: { epochs: null, iterations: null } },
          { pipeline: 'train', batch: { epochs: null, iterations: 5 } },
          { pipeline: 'train', batch: { epochs: 2 } },
          { pipeline: 'train', batch: 5 },
          { pipeline: 'train' },
        ],
      },
      ['run/after/0/batch/epochs endless-after {"pipeline":"train"}', 'run/after/1/batch/epochs endless-after {"pipeline":"train"}'],
    ],
    'must be declared to be recorded': [
      { turns, record: ['train.los', 'tarin.loss', 'train.net', 'train.lossy'] },
      ['train.los', 'tarin.loss', 'train.net', 'train.lossy'].map(
        (seen, i) => `run/record/${i} unknown-name ${unknownMember('variable', seen, variables)}`,
      ),
    ],
    'is recorded by a key of it, too': [{ turns, record: ['train.loss.mean', 'source.count.a.b'] }, []],
    'is recorded only where it changes': [
      { turns: ['source'], record: ['source.count', 'train.loss'] },
      ['run/record/1 record-without-turns {"ref":"train.loss","pipeline":"train","turns":["source"]}'],
    ],
    'is recorded where one that takes turns waits for it': [{ turns, record: ['source.count'] }, []],
    'changes without turns unless it runs later': [
      { after: [{ pipeline: 'loose', batch: finite }], record: ['train.loss', 'loose.n'] },
      [
        'run/after/0/pipeline no-dataset {"seen":"loose"}',
        'run/record/1 record-without-turns {"ref":"loose.n","pipeline":"loose","turns":["train","source","unread","odd"]}',
      ],
    ],
    'is not asked to change where turns are unknown': [
      { turns: ['trian'], record: ['train.loss'] },
      [`run/turns/0 unknown-name ${unknownPipeline('trian')}`],
    ],
    'is shown by charts': [
      { turns },
      [
        `report/charts/0/curves/series/b unknown-name ${unknownMember('variable', 'train.los', variables)}`,
        `report/charts/1/curves/model unknown-name ${unknownMember('model', 'train.nte', ['train.net'])}`,
      ],
      [
        { curves: { series: { a: 'train.loss.x', b: 'train.los', c: 'unread.x', d: 5 } } },
        { curves: { model: 'train.nte' } },
        { curves: { model: 'odd.x' } },
      ],
    ],
    'is not shown by charts that cannot be read': [
      { turns },
      [],
      [{ curves: 5 }, { curves: { series: 'text' } }, { constructor: {} }, { failing: {} }, { other: {} }, 'curves', {}],
    ],
    'has ends the right way round': [
      { turns },
      [
        'report/charts/0/curves/from wrong-value {"name":"from","seen":"5","allowed":"a number up to 2, which is to"}',
        'report/charts/0/curves/low wrong-value {"name":"low","seen":"1","allowed":"a number up to 0, which is high"}',
      ],
      [
        { curves: { from: 5, to: 2, low: 1, high: 0 } },
        { curves: { from: 2, to: 2, low: 5 } },
        { curves: { from: '5', to: 2, high: 1, low: '9' } },
      ],
    ],
  }
  for (const [what, [run, wanted, charts]] of Object.entries(cases)) {
    it(what, () => expect(ofRun(run, charts)).to.deep.equal(wanted))
  }

  it('is unknown, and no mistake, where there are no pipelines', () => {
    expect(ofRun({ turns: ['train'], record: ['train.loss'] }, [{ curves: { model: 'a.b' } }], new Map())).to.deep.equal([])
  })

  it('is reported beside circles', () => {
    const circle = new Map([['a', pipeline([{ join: { pipelines: ['a'] } }, { importModel: { name: 'net', from: 'a' } }])]])
    expect(ofRun({ turns: ['b'] }, [], circle).map(text => text.split(' ')[1])).to.deep.equal([
      'import-cycle',
      'pipeline-cycle',
      'unknown-name',
    ])
  })
})

describe('names inside one of several pipelines', () => {
  const update = (value: object) => ({ update: { dst: { V: 'n' }, value } })
  const among = (spec: PipelineSpec) => new Map<string, PipelineSpec | undefined>([...pipelines, ['own', spec]])
  const ofPipeline = (actions: readonly object[], isPartial = false) =>
    told(pipelineProblems(among(pipeline([variable('n'), ...actions])), 'own', {}, isPartial)).map(text => text.split(' {')[0])

  const cases: Readonly<Record<string, readonly [actions: readonly object[], wanted: readonly string[]]>> = {
    'are those of the others, too': [
      [update({ V: 'loss', pipeline: 'train' }), { importModel: { name: 'net', from: 'train' } }, { join: { pipelines: ['train'] } }],
      [],
    ],
    'are looked for in the others': [
      [update({ V: 'los', pipeline: 'train' }), { importModel: { name: 'nte', from: 'train' } }, { join: { pipelines: ['trian'] } }],
      [
        'pipelines/own/actions/1/update/value/V unknown-name',
        'pipelines/own/actions/2/importModel/name unknown-name',
        'pipelines/own/actions/3/join/pipelines/0 unknown-name',
      ],
    ],
    'may be any of one that cannot be read': [[update({ V: 'x', pipeline: 'unread' }), { importModel: { name: 'x', from: 'odd' } }], []],
    'that lead back to it are circles, reported elsewhere': [
      [{ join: { pipelines: ['own'] } }, { importModel: { name: 'net', from: 'own' } }],
      [],
    ],
    'of its own variables are not those of another pipeline': [
      [update({ V: 'n', pipeline: 'own' })],
      ['pipelines/own/actions/1/update/value/pipeline unknown-name'],
    ],
    'that are missing are missing whatever they are called': [
      [update({ V: 'own' })],
      ['pipelines/own/actions/1/update/value/V unknown-name'],
    ],
  }
  for (const [what, [actions, wanted]] of Object.entries(cases)) {
    it(what, () => expect(ofPipeline(actions)).to.deep.equal(wanted))
  }

  it('are not looked for in others while these are partly known', () => {
    expect(ofPipeline([update({ V: 'los', pipeline: 'train' }), { join: { pipelines: ['trian'] } }], true)).to.deep.equal([])
  })

  it('are none of a pipeline that cannot be read', () => {
    expect(pipelineProblems(pipelines, 'unread', {})).to.deep.equal([])
  })
})
