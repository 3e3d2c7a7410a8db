import { expect } from 'chai'
import type { MillraceError } from '../../../../src/errors/index.js'
import { checkOwnArguments } from '../../../../src/pipeline/description/checks/check-arguments.js'
import type { JsonObject } from '../../../../src/util/json.js'

const schema = {
  properties: { size: {}, mode: { enum: ['fill', 'crop', 3] }, from: {}, to: {} },
  required: ['size'],
  dependentRequired: { from: ['to'] },
  not: { required: ['to', 'mode'] },
}

/** The error of these arguments: its code and what it says; undefined if they are right. */
function errorOf(args: JsonObject, changed: JsonObject = {}): string | undefined {
  try {
    checkOwnArguments('resize', args, { ...schema, ...changed }, { pipeline: 'p' })
    return undefined
  } catch (error) {
    const { code, message, location } = error as MillraceError
    expect(location).to.deep.equal({ pipeline: 'p' })
    return `${code}: ${message}`
  }
}

describe('options of an action of a batch class', () => {
  const closed = { additionalProperties: false }
  const right: readonly (readonly [args: JsonObject, changed?: JsonObject])[] = [
    [{ size: 1 }],
    [{ size: 1, mode: 'crop' }],
    [{ size: 1, mode: 3 }],
    [{ size: 1, mode: { C: 'mode' } }],
    [{ size: 1, from: 0, to: 1 }],
    [{ size: 1, to: 1 }],
    [{ size: 1, other: 2 }],
    [{ size: 1, mode: 'fill', to: 2 }, { not: { required: ['to'] } }],
    [{ size: 1, mode: 'fill', to: 2 }, { not: {} }],
    [
      { size: 1, to: 2 },
      { not: undefined as never, dependentRequired: undefined as never },
    ],
    [{}, { required: undefined as never }],
  ]
  for (const [args, changed] of right) {
    it(`may be ${JSON.stringify(args)}${changed ? ` with ${JSON.stringify(changed)}` : ''}`, () =>
      expect(errorOf(args, changed)).to.equal(undefined))
  }

  const wrong: readonly (readonly [args: JsonObject, changed: JsonObject, error: RegExp])[] = [
    [{}, {}, /^missing-argument: .*resize needs size/],
    [{ size: 1, other: 2 }, closed, /^unknown-option: .*resize has no option other.*size, mode, from(,| and| or) to/],
    [{ other: 2 }, { ...closed, properties: undefined as never }, /^unknown-option: .*other/],
    [{ size: 1, mode: 'strech' }, {}, /^wrong-value: .*mode of resize.*Seen: strech\. Allowed: .*fill.*crop.*3/],
    [{ size: 1, from: 0 }, {}, /^argument-alone: .*from.*resize.*without to|^argument-alone: .*resize.*from.*to/],
    [{ size: 1, mode: 'fill', to: 2 }, {}, /^arguments-exclude: .*to.*mode/],
  ]
  for (const [args, changed, pattern] of wrong) {
    it(`may not be ${JSON.stringify(args)}: ${pattern.source.slice(1).split(':')[0]}`, () =>
      expect(errorOf(args, changed)).to.match(pattern))
  }
})
