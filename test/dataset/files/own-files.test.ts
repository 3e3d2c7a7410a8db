import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { writeCsv, writeImage, writeNpy, writeParquet } from '../../../src/dataset/index.js'
import { openExperiment } from '../../../src/experiment/open.js'
import { registry } from '../../../src/experiment/registry.js'
import { readExperimentFile } from '../../../src/pipeline/yaml/index.js'
import { NdArray } from '../../../src/util/nd-array.js'

describe('data of one’s own in an experiment file', () => {
  let folder = ''
  const length = 10
  const images = NdArray.from(
    Array.from({ length: length * 4 }, (_, i) => i),
    'uint8',
  ).reshape([length, 2, 2, 1])
  const labels = NdArray.from(
    Array.from({ length }, (_, i) => i),
    'int32',
  )
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'millrace-own-'))
    await writeParquet(join(folder, 'all.parquet'), { pixels: images.reshape([length, 4]), labels })
    await writeNpy(join(folder, 'images.npy'), images)
    await writeNpy(join(folder, 'labels.npy'), labels)
    for (let i = 0; i < length; i++) await writeImage(join(folder, `n${i}.png`), images.item(i))
    await writeCsv(join(folder, 'labels.csv'), { id: Array.from({ length }, (_, i) => `n${i}`), labels })
  })
  after(() => rmSync(folder, { recursive: true }))

  const text = (dataset: string, actions: string) => `
datasets:
  mine: ${dataset}
pipelines:
  train: { dataset: mine.train, actions: [${actions}] }
run: { iterations: 1, batch: { batchSize: 4, tail: short } }
`
  const read = (dataset: string, actions = '') => {
    const file = join(folder, 'experiment.yaml')
    writeFileSync(file, text(dataset, actions))
    return readExperimentFile(file, { registry })
  }

  for (const [what, dataset, actions] of [
    ['a Parquet file', '{ openset: files, path: FOLDER/all.parquet, columns: { images: pixels }, shapes: { images: [2, 2, 1] } }', ''],
    ['.npy files', '{ openset: files, path: { images: FOLDER/images.npy, labels: FOLDER/labels.npy } }', ''],
    [
      'image files and a table',
      "{ openset: images, path: 'FOLDER/*.png' }",
      '{ load: { fmt: image, dst: images } }, { load: { src: FOLDER/labels.csv, fmt: csv, dst: labels } }',
    ],
  ] as const) {
    it(`${what}: the train part's batches`, async () => {
      const { spec, errors } = read(dataset.replaceAll('FOLDER', folder), actions.replaceAll('FOLDER', folder))
      expect(errors).to.deep.equal([])
      const { pipelines } = await openExperiment(spec!, registry)
      const batch = await pipelines.train!.nextBatch(4)
      expect([batch.get('images'), Array.from((batch.get('labels') as NdArray).data)]).to.deep.equal([images.slice(2, 6), [2, 3, 4, 5]])
    })
  }

  for (const [what, dataset, actions, words] of [
    ['no path', '{ openset: files }', '', /path/],
    ['an option of another source', '{ openset: images, path: x, verify: true }', '', /verify/],
    ['a component that does not exist', '{ openset: files, path: { image: x } }', '', /image/],
    ['a format that does not exist', '{ openset: images, path: x }', '{ load: { fmt: blosc } }', /fmt.*blosc|blosc/],
  ] as const) {
    it(`refuses ${what}`, () => expect(read(dataset, actions).errors.map(String).join('\n')).to.match(words))
  }
})
