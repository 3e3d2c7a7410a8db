import { expect } from 'chai'
import { B, I, P, setLogger, template, V } from '../../../src/index.js'
import { numbers } from '../../support/numbers.js'

/** The lines that are printed while some work is done. */
async function printed(work: () => Promise<unknown>): Promise<readonly string[]> {
  const lines: string[] = []
  setLogger(line => lines.push(line))
  try {
    await work()
  } finally {
    setLogger()
  }
  return lines
}

describe('print', () => {
  it('writes a line for each batch, in order, whatever was had ahead', async () => {
    const p = numbers(5).p.scaleX({ by: 2 }).print('batch', I(), B('x'))
    expect(await printed(() => p.run(2, { prefetch: 3 }))).to.deep.equal([
      'batch 1 float32 [2] 0 2',
      'batch 2 float32 [2] 4 6',
      'batch 3 float32 [1] 8',
    ])
  })

  it('writes objects as key=value, behind a label', async () => {
    const p = numbers(4).p.initVariable('loss', { default: 0.5 })
    const both = p
      .print({ batch: I(), loss: V('loss') }, { label: 'train' })
      .print({ label: V('loss') })
      .print({ label: 'a', n: 1 })
    expect(await printed(() => both.run(4))).to.deep.equal(['train: batch=1 loss=0.5', 'label=0.5', 'label="a" n=1'])
  })

  it('stands in before and after, where it writes once', async () => {
    const p = numbers(4)
      .p.initVariable('n', { initOnEachRun: 0 })
      .before(q => q.print('begin', V('n')))
      .update(V('n'), V('n').add(1))
      .after(q => q.print('end', V('n')))
    expect(await printed(() => p.run(2))).to.deep.equal(['begin 0', 'end 2'])
  })

  it('shows a value of each item', async () => {
    expect(
      await printed(() =>
        numbers(2)
          .p.print(P(B('x')))
          .run(2),
      ),
    ).to.deep.equal(['float32 [2] 0 1'])
  })

  it('is plain data', () => {
    expect(template().print('loss', V('loss'), { label: 'train' }).spec.actions).to.deep.equal([
      { print: { values: ['loss', { V: 'loss' }], label: 'train' } },
    ])
  })

  it('knows the names that are there, as all actions do', async () => {
    const error = await numbers()
      .p.initVariable('loss')
      // @ts-expect-error no such variable
      .print({ value: V('los') })
      .run(2)
      .catch(error => error)
    expect(error.code).to.equal('unknown-name')
    expect(error.message).to.include('Did you mean loss?')
  })
})
