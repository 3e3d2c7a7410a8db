/** Every file in pipelines/ has a twin here, written with the fluent methods, that describes exactly the same. */
import { existsSync, readdirSync } from 'node:fs'
import { expect } from 'chai'
import { type Experiment, readExperimentFile, registry } from '../../src/experiment.js'

const folder = new URL('../../pipelines/', import.meta.url)

describe('pipelines/', () => {
  for (const file of readdirSync(folder).filter(name => name.endsWith('.yaml'))) {
    const twin = new URL(file.replace(/\.yaml$/, '.twin.ts'), import.meta.url)

    it(`${file} has a twin in TypeScript`, () => expect(existsSync(twin), `${twin.pathname} exists`).to.equal(true))

    it(`${file} is correct, and its twin describes the same`, async () => {
      const { spec, errors, notes } = readExperimentFile(new URL(file, folder).pathname, { registry })
      expect(errors.map(String)).to.deep.equal([])
      expect(notes.map(String)).to.deep.equal([])
      const { default: describeTwin } = (await import(twin.href)) as { default: () => Promise<Experiment> }
      const fluent = (await describeTwin()).spec
      expect(fluent).to.deep.equal(spec)
      expect(JSON.stringify(fluent.pipelines), 'the keys stand in the same order too').to.equal(JSON.stringify(spec!.pipelines))
    })
  }
})
