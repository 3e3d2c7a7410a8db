import { expect } from 'chai'
import { B, F, IF, L, MillraceError, PP, V } from '../../src/index.js'
import { numbers } from '../support/numbers.js'

/** An error whose constructor takes other things than a message. */
class OddError extends Error {
  constructor(
    readonly item: number,
    readonly reason: { readonly why: string },
  ) {
    super(`item ${item}: ${reason.why}`)
  }
}

const odd = new OddError(3, { why: 'broken' })
const breaks = F(() => {
  throw odd
})

describe('an error inside an expression keeps its class, as the cause of one that names the expression', () => {
  const cases: [string, unknown][] = [
    ['a function', breaks],
    ['an argument of a function', F(Math.max)(breaks, 1)],
    ['an operand', B('x').add(breaks)],
    ['a branch of a condition', IF(true, breaks, 0)],
    ['a value for each item', PP(breaks)],
    ['inside a list and an object', [{ deep: breaks }]],
    ['a method', V('object').call('broken')],
    ['a method of an item', L('boxes' as any).call('broken')],
  ]
  for (const [name, value] of cases) {
    it(name, async () => {
      const object = { broken: breaksAtOnce }
      const error: unknown = await numbers(4)
        .p.initVariable('object', { initOnEachRun: () => object })
        .initVariable('v')
        .update(B('boxes'), [object, object])
        .update(V('v'), value as number)
        .nextBatch(2)
        .then(
          () => expect.fail('no error came'),
          reason => reason,
        )
      expect(error).to.be.instanceOf(MillraceError)
      expect((error as Error).cause).to.equal(odd)
      expect((error as Error).message).to.match(
        /action 4 \(update\), batch 1.*the expression (F|V|L)\(.*could not be evaluated: item 3: broken/,
      )
    })
  }
})

function breaksAtOnce(): never {
  throw odd
}
