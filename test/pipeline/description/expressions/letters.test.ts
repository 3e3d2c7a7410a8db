import { expect } from 'chai'
import * as entry from '../../../../src/index.js'
import { describe as describeValue } from '../../../../src/pipeline/description/content/describe.js'
import type { LetterRow } from '../../../../src/pipeline/description/expressions/letters/letter-row.js'
import { type ExpressionLetter, letters } from '../../../../src/pipeline/description/expressions/letters.js'
import { printExpression } from '../../../../src/pipeline/description/expressions/print-expression.js'
import { assembleSchema } from '../../../../src/pipeline/description/schema/assemble-schema.js'
import { dumpPipeline, readExperiment } from '../../../../src/pipeline/yaml/index.js'
import { registry } from '../../../support/registry.js'

const { B, C, D, F, I, IF, L, M, P, PP, R, V, W } = entry

/** An expression of each letter as TypeScript writes it: the compiler asks for a new one. */
const written = (): Record<ExpressionLetter, entry.Expression<any>> => ({
  B: B('images'),
  C: C('scale', { default: 1 }),
  D: D('classes'),
  F: F(Math.random),
  I: I('ratio'),
  IF: IF(B('size').gt(1), 1, 2),
  L: L('images'),
  M: M('net'),
  P: P([1, 2]),
  PP: PP(R('normal')),
  R: R('normal', 0, 1),
  V: V('seen', { mode: 'append' }),
  W: W(V('seen')),
})

const rows = Object.entries<LetterRow>(letters)

describe('letters', () => {
  for (const [letter, row] of rows) {
    const expressionOf = () => written()[letter as ExpressionLetter]

    it(`${letter} is written in TypeScript under its letter, with keys of its row`, () => {
      const expression = expressionOf()
      expect(expression.json).to.have.property(letter)
      expect([letter, ...Object.keys(row.further)]).to.include.members(Object.keys(expression.json))
    })

    it(`${letter} prints as it is written`, () => {
      expect(printExpression(expressionOf().json)).to.match(new RegExp(`^${letter}\\(`))
    })

    it(`${letter} ${row.isLive ? 'is not in files' : 'in a file is read back as it was, and known to editors'}`, () => {
      const { json } = describeValue({ value: expressionOf() })
      const pipeline = {
        config: { scale: 1 },
        dataset: 'mnist.train',
        actions: [{ initVariable: { name: 'seen' } }, { update: { dst: { V: 'seen' }, ...(json as object) } }],
      }
      const text = `pipelines:\n  p:\n${dumpPipeline(pipeline as never).replace(/^/gm, '    ')}\n`
      const { errors, resolvedYaml } = readExperiment(
        `${text}datasets: { mnist: { openset: mnist } }\nrun: { iterations: 1, batch: { batchSize: 1 } }\n`,
        { registry },
      )
      const codes = errors.map(({ code }) => code).filter(code => code !== 'not-initialised')
      expect(codes).to.deep.equal(row.isLive ? ['function-in-yaml'] : [])
      if (!row.isLive) expect(resolvedYaml()).to.include(`${letter}`)
      const definition = JSON.stringify((assembleSchema(registry).definitions as Record<string, unknown>)['plain-expression'])
      expect(definition.includes(`"required":["${letter}"]`)).to.equal(!row.isLive)
    })
  }

  it('are local to the batch unless what they read has a history', () => {
    const local = rows.filter(([, { batchLocal }]) => batchLocal === true).map(([letter]) => letter)
    expect(local).to.deep.equal(['B', 'L', 'P', 'PP', 'D', 'I', 'IF', 'W', 'R'])
    expect(rows.filter(([, { batchLocal }]) => batchLocal === 'unless saved').map(([letter]) => letter)).to.deep.equal(['C'])
  })
})
