import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import fc from 'fast-check'
import { MillraceError, renderErrors } from '../../../src/errors/index.js'
import { readCheckedFile } from '../../../src/experiment/read.js'
import { registry } from '../../../src/experiment/registry.js'
import { mutated } from '../../support/mutate-yaml.js'
import { readmeBlocks } from '../../support/readme.js'

const folder = new URL('../../../pipelines/', import.meta.url)
const sources = [...readdirSync(folder).map(name => readFileSync(new URL(name, folder), 'utf8')), ...readmeBlocks('yaml')]

/** Files that are checked. */
const count = Number(process.env.MILLRACE_FUZZ_FILES ?? 150)
const seed = Number(process.env.MILLRACE_FUZZ_SEED ?? 11)

/** What a file may cost at most. What it does cost is a tenth of it, so that a busy machine does not matter. */
const most = { seconds: 2, megabytes: 200 }

interface Cost {
  readonly seconds: number
  readonly megabytes: number
}

/** Checks a text as `millrace check` does. */
function check(text: string) {
  const [cpu, heap] = [process.cpuUsage(), process.memoryUsage().heapUsed]
  const { errors, notes, spec } = readCheckedFile('here/file.yaml', { registry, env: { HOME: '/home' }, readFile: () => text })
  const rendered = renderErrors(errors)
  const { user, system } = process.cpuUsage(cpu)
  const cost: Cost = { seconds: (user + system) / 1e6, megabytes: (process.memoryUsage().heapUsed - heap) / 1e6 }
  return { errors, notes, spec, rendered, cost }
}

describe('a mutated file', () => {
  const highest = { seconds: 0, megabytes: 0 }

  it(`is right or has errors that name a line, in bounded time and memory: ${count} files`, () => {
    let right = 0
    fc.assert(
      fc.property(mutated(sources), text => {
        const { errors, spec, rendered, cost } = check(text)
        const lines = text.split('\n').length
        for (const error of errors) {
          expect(error).to.be.instanceOf(MillraceError)
          if (error.code !== 'more-mistakes') expect(error.location.source?.line, error.message).to.be.within(1, lines)
        }
        expect(rendered).to.not.match(/undefined|\[object|\bNaN\b.*must|RangeError|TypeError|at .*\.ts:|another value/)
        expect(spec === undefined, rendered).to.equal(errors.length > 0)
        expect(cost.seconds).to.be.below(most.seconds)
        expect(cost.megabytes).to.be.below(most.megabytes)
        right += errors.length === 0 ? 1 : 0
        for (const key of ['seconds', 'megabytes'] as const) highest[key] = Math.max(highest[key], cost[key])
      }),
      { numRuns: count, seed },
    )
    // Mutations of which none or each is right would show little.
    expect(right).to.be.within(0.02 * count, 0.7 * count)
    if (process.env.MILLRACE_FUZZ_FILES) console.log({ ...highest, right, count, seed })
  }).timeout(Math.max(60_000, count * 1000))
})
