import { expect } from 'chai'
import { B, C, V } from '../../../src/index.js'
import { numbers } from '../../support/numbers.js'

describe('variables and config of another pipeline', () => {
  const train = () =>
    numbers(4).p.named('train').setConfig({ rate: 2 }).initVariable('seen', { default: 0 }).update(V('seen'), V('seen').add(B.size))

  it('are read as they are at the time, by the name of the pipeline', async () => {
    const first = train()
    const test = numbers(4)
      .p.initVariable('out', { default: [] })
      .update(V('out'), [V('seen', { pipeline: first }), C('rate', { pipeline: first }), C('none', { pipeline: first, default: 7 })], {
        mode: 'append',
      })
    for (let round = 0; round < 2; round++) {
      await first.nextBatch(2)
      await test.nextBatch(2)
    }
    expect(test.v('out')).to.deep.equal([[2, 2, 7], [4, 2, 7]]) // biome-ignore format: a round an entry
    expect(test.spec.actions.at(-1)).to.deep.nested.include({ 'update.value[0]': { V: 'seen', pipeline: 'train' } })
    expect(Object.keys(test.bindings.pipelines)).to.deep.equal(['train'])
    expect(Object.keys(test.bindings.values)).to.deep.equal([])
  })

  it('what was saved to the config is seen there', async () => {
    const first = train().update(C('rate'), 3)
    await first.nextBatch(2)
    const test = numbers(4)
      .p.initVariable('out')
      .update(V('out'), C('rate', { pipeline: first }))
    await test.nextBatch(2)
    expect(test.v('out')).to.equal(3)
  })

  it('two pipelines of one name are told apart, in values and in the config', async () => {
    const [one, two] = [train(), train()]
    await one.nextBatch(1)
    await two.nextBatch(3)
    const test = numbers(4)
      .p.setConfig({ two: V('seen', { pipeline: two }) })
      .initVariable('out')
      .update(V('out'), [V('seen', { pipeline: one }), C('two')])
    await test.nextBatch(2)
    expect(test.v('out')).to.deep.equal([1, 3])
    expect(Object.keys(test.bindings.pipelines)).to.deep.equal(['train', 'train2'])
  })

  it('keep their pipelines when two that read others of one name are put together', async () => {
    const others = [train(), train()]
    await others[0]!.nextBatch(1)
    await others[1]!.nextBatch(3)
    const [first, second] = others.map((other, i) =>
      numbers(4)
        .p.setConfig({ [`seen${i}`]: V('seen', { pipeline: other }) })
        .initVariable(`out${i}`)
        .if(true, p => p.update(V(`out${i}`), [V('seen', { pipeline: other }), C(`seen${i}`)])),
    )
    const both = first!.concat(second!)
    await both.nextBatch(2)
    expect([both.v('out0'), both.v('out1')]).to.deep.equal([[1, 1], [3, 3]]) // biome-ignore format: a part an entry
  })

  it('a misspelt name is refused before anything runs; one of a pipeline that has not started has its first value', async () => {
    const read = (name: string) =>
      numbers(4)
        .p.initVariable('out')
        .update(V('out'), V(name, { pipeline: train() }))
        .nextBatch(2)
    const told = async (name: string) =>
      read(name).then(
        () => 'nothing is refused',
        (error: Error) => error.message,
      )
    expect(await told('sen')).to.match(/no variable of train called sen.*Did you mean seen\?/)
    expect(await told('seen')).to.equal('nothing is refused')
  })
})
