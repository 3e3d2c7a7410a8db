import { expect } from 'chai'
import { template } from '../../../src/index.js'
import type { ActionRow } from '../../../src/pipeline/description/action-row.js'
import { actionNames, actionTable } from '../../../src/pipeline/description/action-table.js'
import { destinationArguments } from '../../../src/pipeline/description/content/visit-actions.js'
import { assembleSchema } from '../../../src/pipeline/description/schema/assemble-schema.js'
import { handlers } from '../../../src/pipeline/run/actions/handler-table.js'
import { registry } from '../../support/registry.js'

const argumentsOf = ({ args }: ActionRow) => Object.keys(args.table)

describe('the action table', () => {
  it('names methods of pipelines, each in files too unless it needs a live thing', () => {
    const { definitions } = assembleSchema(registry) as { definitions: Record<string, { description?: string }> }
    for (const name of actionNames) {
      const { needsLive, summary }: ActionRow = actionTable[name]
      expect(template()).to.have.property(name).that.is.a('function')
      expect(definitions[`action-${name}`]?.description, name).to.equal(needsLive ? undefined : summary)
    }
  })

  for (const name of actionNames) {
    const row: ActionRow = actionTable[name]

    it(`${name} says in its row what is true of its handler and its arguments`, () => {
      expect('once' in handlers[name] || !('batch' in handlers[name]) || !row.allowedInBeforeAfter, 'allowedInBeforeAfter').to.equal(true)
      expect(argumentsOf(row)).to.include.members([...(row.blocks ?? []), ...destinationArguments(name)])
    })
  }

  it('knows the destinations among the arguments', () => {
    const saving = actionNames.filter(name => destinationArguments(name).length > 0)
    expect(saving).to.have.members(['update', 'trainModel', 'predictModel', 'gatherMetrics', 'getWeights', 'transformWeights', 'call'])
    expect(saving.flatMap(destinationArguments)).to.have.members(['dst', ...saving.slice(1).map(() => 'saveTo')])
  })
})
