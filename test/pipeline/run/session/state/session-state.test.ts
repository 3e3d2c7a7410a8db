import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import type { MillraceError } from '../../../../../src/errors/index.js'
import { B, C, NdArray, type SourceBatch, V } from '../../../../../src/index.js'
import { Linear, type LinearModel } from '../../../../support/linear-model.js'
import { numbers } from '../../../../support/numbers.js'
import { temporaryFolder } from '../../../../support/temporary-folder.js'

const feed = { x: B('x'), y: B('y') }

/** A pipeline with all that has a history: a model, variables that grow, config that is saved to, noise, chance, a rest between batches. */
const describeAll = () =>
  numbers(23)
    .p.setConfig({ seen: 0 })
    .initVariable('losses', { initOnEachRun: () => [] })
    .initVariable('last', { default: new NdArray(Float32Array.of(0.1, -0), [2]) })
    .initVariable('chance', { default: 0 })
    .initModel('dynamic', Linear, 'line', { config: { rate: 0.0001 } })
    .addNoise({})
    .rebatch(5)
    .sometimes(0.5, p => p.update(V('chance'), V('chance').add(1)))
    .update(C('seen'), C('seen').add(1))
    .trainModel('line', { feed, fetches: 'loss', saveTo: V('losses', { mode: 'append' }) })
    .update(V('last'), B('x'))

type Described = ReturnType<typeof describeAll>

const options = { batchSize: 3, epochs: null, shuffle: true, seed: 7 } as const

/** Everything that can be seen of a pipeline after a batch. */
function seenIn(pipeline: Described, batch: SourceBatch) {
  const { weight, steps } = pipeline.m('line') as LinearModel
  return {
    positions: [...(batch.get('x') as NdArray).data],
    losses: [...pipeline.v('losses')],
    last: [...pipeline.v('last').data],
    chance: pipeline.v('chance'),
    weight,
    steps,
  }
}

describe('saveState() and restoreState()', () => {
  const folders = temporaryFolder()
  after(() => folders.remove())
  const failing = async (work: Promise<unknown>) =>
    work.then(
      () => expect.fail('it should have failed'),
      error => error as MillraceError,
    )

  it('any sequence of next, save, restore and look-ahead gives one order, one history', async () => {
    const straight = describeAll()
    const expected: ReturnType<typeof seenIn>[] = []
    for (let i = 0; i < 40; i++) expected.push(seenIn(straight, await straight.nextBatch(options)))
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.constant({ do: 'next' } as const) },
      { weight: 2, arbitrary: fc.constant({ do: 'save' } as const) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('restore' as const), prefetch: fc.integer({ min: 0, max: 4 }) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('start anew' as const), prefetch: fc.integer({ min: 0, max: 4 }) }) },
    )
    let runs = 0
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 4 }), fc.array(step, { maxLength: 30 }), async (prefetch, steps) => {
        const folder = folders.in(`run-${++runs}`)
        let pipeline = describeAll()
        let [at, saved] = [0, -1]
        for (const step of steps) {
          if (step.do === 'next') {
            const batch = await (at === 0 ? pipeline.nextBatch({ ...options, prefetch }) : pipeline.nextBatch())
            expect(seenIn(pipeline, batch)).to.deep.equal(expected[at])
            at++
          } else if (step.do === 'save') {
            if (at === 0) continue
            await pipeline.saveState(folder)
            saved = at
          } else if (saved > 0) {
            if (step.do === 'start anew') pipeline = describeAll()
            await pipeline.restoreState(folder, { prefetch: step.prefetch })
            at = saved
          }
        }
        pipeline.dispose()
      }),
      { numRuns: 60 },
    )
  })

  it('an order that a function gives is not left out in silence', async () => {
    const pipeline = numbers(6).p
    await pipeline.nextBatch(2, { shuffle: order => order.reverse() })
    const error = await failing(pipeline.saveState(folders.in('by-function')))
    expect([error.code, error.message]).to.deep.include('value-not-saved')
    expect(error.message).to.match(/nextBatch of pipeline.*shuffle.*a function/)
  })

  it('what is set at the start of a run is not set again, and no batch is lost or given twice', async () => {
    const folder = folders.in('once')
    const first = describeAll()
    for (let i = 0; i < 3; i++) await first.nextBatch({ ...options, prefetch: 2 })
    await first.saveState(folder)
    const second = describeAll()
    await second.restoreState(folder)
    expect(second.v('losses')).to.have.length(3)
    expect(second.v('losses')).to.deep.equal(first.v('losses'))
    expect(Object.is(second.v('last').data.at(-1), first.v('last').data.at(-1))).to.equal(true)
    await second.nextBatch({ ...options, prefetch: 2 })
    expect(second.v('losses')).to.have.length(4)
  })

  it('calls that overlap are served before and behind it', async () => {
    const [first, second] = [describeAll(), describeAll()]
    const folder = folders.in('overlap')
    const calls = [first.nextBatch(options), first.nextBatch(), first.saveState(folder), first.nextBatch()]
    await Promise.all(calls)
    await second.restoreState(folder)
    expect(second.v('losses')).to.have.length(2)
    await second.nextBatch()
    expect(second.v('losses')).to.deep.equal(first.v('losses'))
  })

  it('a pipeline that has not begun has a state too', async () => {
    const folder = folders.in('unbegun')
    await describeAll().saveState(folder)
    const pipeline = describeAll()
    await pipeline.nextBatch(options)
    await pipeline.restoreState(folder)
    expect([...pipeline.variables.keys(), ...pipeline.models.keys()]).to.deep.equal([])
    await pipeline.nextBatch({ ...options, batchSize: 4 })
    expect(pipeline.v('losses')).to.have.length(1)
  })

  it('the end of the data is remembered', async () => {
    const folder = folders.in('end')
    const pipeline = numbers(4).p
    for (let i = 0; i < 2; i++) await pipeline.nextBatch(2, { epochs: 1 })
    await pipeline.saveState(folder)
    const again = numbers(4).p
    await again.restoreState(folder)
    const error = await failing(again.nextBatch())
    expect([error.code, error.details]).to.deep.equal(['end-of-data', { produced: 2 }])
  })

  for (const length of [9, 11]) {
    it(`a position among 10 items is not restored among ${length}, whose order would be another`, async () => {
      const folder = folders.in(`length-${length}`)
      const pipeline = numbers(10).p.initVariable('n', { default: 0 })
      await pipeline.nextBatch(2, { shuffle: 1 })
      await pipeline.saveState(folder)
      const other = numbers(length).p.initVariable('n', { default: 0 })
      const { code, message } = await failing(other.restoreState(folder))
      expect([code, message.includes(`${length} items`), message.includes('10 items')]).to.deep.equal(['state-other-length', true, true])
    })
  }

  it('models are imported again from the pipeline that has them', async () => {
    const both = () => {
      const data = numbers()
      const train = data.p.initModel('static', Linear, 'line').trainModel('line', { feed })
      const test = data.p
        .initVariable('loss')
        .importModel('line', train)
        .predictModel('line', { fetches: 'loss', feed, saveTo: V('loss') })
      return { train, test }
    }
    const first = both()
    await first.train.nextBatch(2)
    await first.test.nextBatch(2)
    for (const name of ['train', 'test'] as const) await first[name].saveState(folders.in(`shared/${name}`))
    const second = both()
    for (const name of ['train', 'test'] as const) await second[name].restoreState(folders.in(`shared/${name}`))
    expect(second.test.m('line')).to.equal(second.train.m('line'))
    expect(second.train.m<LinearModel>('line').weight).to.equal(first.train.m<LinearModel>('line').weight)
  })

  it('a model that cannot be taken back is an error, and the pipeline is as new', async () => {
    const Stubborn = { ...Linear, name: 'Stubborn', build: async (...args: Parameters<typeof Linear.build>) => {
      const model = await Linear.build(...args)
      model.restore = undefined as never
      return model
    } } // biome-ignore format: one thing
    const pipeline = numbers().p.initVariable('kept').initModel('static', Stubborn, 'line')
    await pipeline.start()
    await pipeline.saveState(folders.in('stubborn'))
    const error = await failing(pipeline.restoreState(folders.in('stubborn')))
    expect(error.code).to.equal('model-not-restorable')
    expect([...pipeline.variables.keys(), ...pipeline.models.keys()]).to.deep.equal([])
  })

  it('a variable that cannot be saved is told by its name and place; what was saved before stays', async () => {
    const folder = folders.in('unsaved')
    const pipeline = numbers().p.initVariable('bag', { default: [] })
    await pipeline.start()
    await pipeline.saveState(folder)
    const before = readFileSync(join(folder, 'state.json'), 'utf8')
    pipeline.v('bag').push({ fn: () => 0 })
    const error = await failing(pipeline.saveState(folder))
    expect(error.code).to.equal('value-not-saved')
    expect(error.message).to.include('variables.bag[0].fn').and.to.include('a function')
    expect(readFileSync(join(folder, 'state.json'), 'utf8')).to.equal(before)
  })

  it('a folder with other files is not written over', async () => {
    const folder = folders.in('foreign')
    mkdirSync(folder)
    writeFileSync(join(folder, 'notes.txt'), 'mine')
    const error = await failing(numbers().p.saveState(folder))
    expect(error.code).to.equal('state-not-saved')
    expect(error.message).to.include('notes.txt')
  })

  const unreadable: Readonly<Record<string, readonly [text: string, words: string]>> = {
    'no file': ['', 'no such file'],
    'half a file': ['{"format": "mill', 'JSON'],
    'another format': ['{"format": "millrace-pipeline", "version": 99}', 'version 99'],
  }
  for (const [what, [text, words]] of Object.entries(unreadable)) {
    it(`${what} is one clear error, and the pipeline stays as it was`, async () => {
      const folder = folders.in(`unreadable ${what}`)
      mkdirSync(folder)
      if (text) writeFileSync(join(folder, 'state.json'), text)
      const pipeline = describeAll()
      await pipeline.nextBatch(options)
      const error = await failing(pipeline.restoreState(folder))
      expect(error.code).to.equal('state-not-readable')
      expect(error.message).to.include(words)
      expect(pipeline.v('losses')).to.have.length(1)
    })
  }
})
