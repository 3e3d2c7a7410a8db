import { expect } from 'chai'
import { differences } from '../../../src/experiment/checkpoint/differences.js'
import { inferCheckpoint, isDue } from '../../../src/experiment/checkpoint/settings.js'
import type { CheckpointSpec } from '../../../src/pipeline/description/experiment-options.js'

describe('when checkpoints are written', () => {
  const cases: readonly (readonly [
    spec: CheckpointSpec | boolean | undefined,
    round: number,
    seconds: number,
    due: boolean | undefined,
  ])[] = [
    [undefined, 100, 59, false],
    [undefined, 1, 60, true],
    [true, 7, 61, true],
    [false, 100, 1000, undefined],
    [{ every: 10 }, 20, 0, true],
    [{ every: 10 }, 21, 1000, false],
    [{ every: 10, everySeconds: 30 }, 21, 31, true],
    [{ everySeconds: 5 }, 1, 4, false],
    [{ keep: 5 }, 1, 60, true],
  ]
  for (const [spec, round, seconds, due] of cases) {
    it(`${JSON.stringify(spec)}: after round ${round}, ${seconds} s after the last one: ${due ?? 'never'}`, () => {
      const settings = inferCheckpoint(spec)
      expect(settings && isDue(settings, round, seconds)).to.equal(due)
    })
  }

  it('two are kept unless told', () => {
    expect([undefined, { every: 1 }, { keep: 5 }].map(spec => inferCheckpoint(spec)!.keep)).to.deep.equal([2, 2, 5])
  })
})

describe('differences of specs', () => {
  const one = { run: { iterations: 5, turns: ['a', 'b'] }, seed: 1 }
  const cases: Readonly<Record<string, readonly [other: unknown, paths: readonly string[]]>> = {
    'none, in another order of keys': [{ seed: 1, run: { turns: ['a', 'b'], iterations: 5 } }, []],
    'an item of a list': [{ ...one, run: { ...one.run, turns: ['a', 'c'] } }, ['run.turns.1']],
    'a longer list': [{ ...one, run: { ...one.run, turns: ['a', 'b', 'c'] } }, ['run.turns']],
    'a key that is gone, and one that is new': [{ run: one.run, title: 'x' }, ['seed', 'title']],
    'another kind': [{ ...one, run: 5 }, ['run']],
    'what is free': [{ ...one, run: { ...one.run, iterations: 6 } }, []],
  }
  for (const [what, [other, paths]] of Object.entries(cases)) {
    it(what, () => {
      expect(differences(one, other, path => path === 'run.iterations')).to.deep.equal(paths)
    })
  }
})
