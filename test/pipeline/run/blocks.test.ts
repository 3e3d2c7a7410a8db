import { expect } from 'chai'
import { B, C, I, type Pipeline, R, SkipBatch, StopPipeline, template, V } from '../../../src/index.js'
import { NumbersBatch, numbers } from '../../support/numbers.js'
import { list, listsOf, seen } from './seen.js'

describe('actions inside actions', () => {
  it('if does one block or the other, by the batch', async () => {
    const p = seen(numbers(6).p)
      .if(
        B('x').at(0).ge(2),
        p => p.update(V('seen', { mode: 'append' }), 'big'),
        p => p.update(V('seen', { mode: 'append' }), 'small'),
      )
      .if(I().eq(3), p => p.update(V('seen', { mode: 'append' }), 'third'))
    await p.run(2)
    expect(p.v('seen')).to.deep.equal(['small', 'big', 'big', 'third'])
  })

  const truths: [string, unknown, boolean][] = [
    ['true', true, true],
    ['0', 0, false],
    ['2', 2, true],
    ['empty text', '', false],
    ['null', null, false],
    ['an array of one', V('zero'), false],
  ]
  for (const [name, condition, expected] of truths) {
    it(`a condition of ${name} ${expected ? 'holds' : 'does not hold'}`, async () => {
      const p = seen(numbers(2).p)
        .initVariable('zero', { default: R('uniform', 0, 0, { size: [1] }) })
        .if(condition as boolean, p => p.update(V('seen', { mode: 'append' }), 'yes'))
      await p.run(2)
      expect(p.v('seen')).to.deep.equal(expected ? ['yes'] : [])
    })
  }

  it('a condition of several values is an error that names the action inside', async () => {
    const p = numbers(4).p.repeat(2, p => p.if(B('x'), p => p.skipBatch()))
    await p.run(2).then(
      () => expect.fail(),
      error => expect([error.code, error.location.action]).to.deep.equal(['wrong-value', { number: '1.1', name: 'if' }]),
    )
  })

  const rounds: [string, unknown, number][] = [
    ['3', 3, 3],
    ['0: nothing is done', 0, 0],
    ['an expression', C('times'), 2],
    ['2 inside 3', 'nested', 6],
  ]
  for (const [name, times, expected] of rounds) {
    it(`repeat ${name}`, async () => {
      const add = (p: Pipeline<any>) => p.update(V('n'), V('n').add(1))
      const p = numbers(2).p.setConfig({ times: 2 }).initVariable('n', { default: 0 })
      const whole = times === 'nested' ? p.repeat(3, p => p.repeat(2, add)) : p.repeat(times as number, add)
      await whole.run(2)
      expect(whole.v('n')).to.equal(expected)
    })
  }

  it('random values differ from round to round, and are the same in another run', async () => {
    const p = seen(numbers(2).p).repeat(3, p => p.update(V('seen', { mode: 'append' }), R('uniform')))
    await p.run(2)
    const first = p.v('seen').splice(0)
    await p.run(2)
    expect(new Set(first).size).to.equal(3)
    expect(p.v('seen')).to.deep.equal(first)
  })

  for (const times of [-1, 1.5, 'often']) {
    it(`repeat ${times} is refused, as a number and as an expression`, async () => {
      const refused = /times of repeat.*an integer of at least 0/
      expect(() => numbers(2).p.repeat(times as number, p => p.skipBatch())).to.throw(refused)
      const computed = numbers(2)
        .p.setConfig({ times })
        .repeat(C('times'), p => p.skipBatch())
      await computed.run(2).then(
        () => expect.fail(),
        ({ code, message }) =>
          expect(`${code} ${message}`)
            .to.match(/^wrong-value /)
            .and.to.match(refused),
      )
    })
  }

  it('sometimes leaves out with its probability, by the seed alone', async () => {
    const count = async (probability: number, seed = 0) => {
      const p = numbers(1000)
        .p.initVariable('n', { default: 0 })
        .sometimes(probability, p => p.update(V('n'), V('n').add(1)))
      await p.run(1, { seed })
      return p.v('n')
    }
    expect(await count(0)).to.equal(0)
    expect(await count(1)).to.equal(1000)
    const half = await count(0.5)
    expect(half).to.be.within(450, 550)
    expect(await count(0.5)).to.equal(half)
    expect(await count(0.5, 1)).not.to.equal(half)
    // Two chances of a half, one inside the other, are a quarter.
    const p = numbers(1000)
      .p.initVariable('n', { default: 0 })
      .sometimes(0.5, p => p.sometimes(0.5, p => p.update(V('n'), V('n').add(1))))
    await p.run(1)
    expect(p.v('n')).to.be.within(210, 290)
  })

  for (const probability of [-0.1, 1.1, 'half']) {
    it(`sometimes ${probability} is refused, as a number and as an expression`, async () => {
      expect(() => numbers(2).p.sometimes(probability as number, p => p.skipBatch())).to.throw(/probability of sometimes/)
      await numbers(2)
        .p.setConfig({ probability })
        .sometimes(C('probability'), p => p.skipBatch())
        .run(2)
        .then(
          () => expect.fail(),
          ({ code }) => expect(code).to.equal('wrong-value'),
        )
    })
  }

  it('a block may be a pipeline of its own, with its config, variables and what it does before', async () => {
    const count = template(NumbersBatch)
      .setConfig({ step: 10 })
      .initVariable('n', { default: 0 })
      .before(p => p.update(V('n'), 5))
      .update(V('n'), V('n').add(C('step')))
    const p = numbers(4).p.repeat(2, count)
    await p.run(2)
    expect(p.v('n')).to.equal(45)
    expect(count.variables.size, 'the block itself has not run').to.equal(0)
  })

  it('what a block names differently than the whole is told apart', async () => {
    const [one, two] = ['first', 'second'].map(name =>
      seen(numbers(2).p)
        .named('other')
        .call(() => name, { saveTo: V('seen', { mode: 'append' }) }),
    )
    const p = numbers(2)
      .p.join(one!)
      .if(true, p => p.join(two!))
    await p.run(2)
    expect([one!.v('seen'), two!.v('seen')]).to.deep.equal([['first'], ['second']])
    expect(Object.keys(p.bindings.pipelines)).to.deep.equal(['other', 'other2'])
  })

  it('an empty block is refused, and so is what is no pipeline', () => {
    expect(() => numbers().p.if(true, p => p)).to.throw(/then of if has no actions/)
    expect(() => numbers().p.repeat(2, 3 as never)).to.throw(/actions of repeat.*a pipeline, or a function/)
  })

  it('skipBatch, SkipBatch, stopPipeline and StopPipeline', async () => {
    const skip = numbers(8).p.if(I().eq(2), p => p.skipBatch())
    expect(await listsOf(skip.genBatch(2))).to.deep.equal([
      [0, 1],
      [4, 5],
      [6, 7],
    ])
    const thrown = numbers(8).p.call(batch => {
      if (list(batch.x)[0] === 2) throw new SkipBatch()
    })
    expect(await listsOf(thrown.genBatch(2))).to.deep.equal([
      [0, 1],
      [4, 5],
      [6, 7],
    ])
    const stop = seen(numbers(8).p)
      .if(I().eq(3), p => p.stopPipeline())
      .after(p => p.update(V('seen', { mode: 'append' }), 'after'))
    expect(await listsOf(stop.genBatch(2))).to.deep.equal([
      [0, 1],
      [2, 3],
    ])
    expect(stop.v('seen')).to.deep.equal(['after'])
    const stopped = numbers(8).p.call(batch => {
      if (list(batch.x)[0] === 2) throw new StopPipeline()
    })
    expect(await listsOf(stopped.genBatch(2))).to.deep.equal([[0, 1]])
  })

  it('concat puts actions behind actions; config and stored options of the second count', async () => {
    const first = seen(numbers(4).p).setConfig({ a: 1, b: 1 }).runLater(1)
    const second = template()
      .setConfig({ b: 2 })
      .runLater(2)
      .update(V('seen', { mode: 'append' }), C('b'))
    const both = first.concat(second, second)
    await both.run()
    expect(both.v('seen')).to.deep.equal([2, 2, 2, 2])
    expect(both.spec.config).to.deep.equal({ a: 1, b: 2 })
    expect(first.spec.actions).to.have.length(1)
    expect(() => first.concat({} as never)).to.throw(/what concat adds/)
  })

  it('a template is bound to any dataset whose class has its actions', async () => {
    const scaled = template(NumbersBatch)
      .scaleX({ by: C('by') })
      .setConfig({ by: 10 })
    expect(await listsOf(scaled.on(numbers(3)).genBatch(3))).to.deep.equal([[0, 10, 20]])
    expect(await listsOf(scaled.setConfig({ by: 2 }).on(numbers(2)).genBatch(2))).to.deep.equal([[0, 2]])
    await scaled.run(2).then(
      () => expect.fail(),
      ({ code }) => expect(code).to.equal('pipeline-without-dataset'),
    )
  })

  it('errors inside blocks know both numbers, the line and the batch', async () => {
    const p = numbers(4).p.if(
      true,
      p => p.skipBatch(),
      p => p.skipBatch(),
    )
    const failing = p.concat(template().repeat(2, p => p.skipBatch())).if(
      false,
      p => p.skipBatch(),
      q =>
        q.call(() => {
          throw new Error('broken')
        }),
    )
    expect(failing.spec.actions.map(action => Object.keys(action)[0])).to.deep.equal(['if', 'repeat', 'if'])
    const late = numbers(4).p.if(I().eq(2), p =>
      p.repeat(1, p =>
        p.call(() => {
          throw new Error('broken')
        }),
      ),
    )
    await late.run(2).then(
      () => expect.fail(),
      ({ location, cause }) => {
        expect(location).to.deep.include({ batch: 2, action: { number: '1.then.1.1', name: 'call' } })
        expect(location.source.file).to.match(/blocks\.test\.ts$/)
        expect(cause.message).to.equal('broken')
      },
    )
  })
})
