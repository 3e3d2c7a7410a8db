const pipelineTest = name => `test/pipeline/${name}.test.ts`

const yamlTest = name => pipelineTest(`yaml/${name}`)

/** The rooms that compute from their arguments alone, with the tests that are theirs; `skipped` are single
 * tests that take longer than most of the others together. A room in which tests compute while they are loaded takes hours. */
export const rooms = {
  util: { sources: ['src/util/**/*.ts'], tests: ['test/util/**/*.test.ts', 'test/conformance/config.test.ts'] },
  errors: { sources: ['src/errors/*.ts'], tests: ['did-you-mean', 'error', 'render'].map(name => `test/errors/${name}.test.ts`) },
  samplers: { sources: ['src/samplers/*.ts'], tests: ['test/samplers/*.test.ts'] },
  metrics: { sources: ['src/metrics/*.ts'], tests: ['test/metrics/*.test.ts', 'test/conformance/metrics.test.ts'] },
  order: {
    sources: ['src/dataset/order/*.ts'],
    tests: [
      'test/dataset/order/*.test.ts',
      ...['dataset-index', 'dataset'].map(name => `test/dataset/${name}.test.ts`),
      ...['shuffle-functions', 'shares-of-a-split'].map(name => `test/pain-points/data/${name}.test.ts`),
    ],
  },
  options: { sources: ['src/options/*.ts'], tests: ['test/options/*.test.ts'] },
  description: {
    sources: ['src/pipeline/description/**/*.ts'],
    tests: [
      'test/pipeline/description/!(schema)/**/*.test.ts',
      ...['description/action-table', 'description/schema/model-schemas', 'description/schema/schema', 'own-actions'].map(pipelineTest),
      ...['blocks', 'chart-ranges', 'corpus', 'expressions', 'gather-metrics', 'infinite', 'random', 'read-experiment'].map(yamlTest),
      ...['contracts/components', 'contracts/core-actions', 'experiment/one-check'].map(name => `test/${name}.test.ts`),
    ],
    skipped: ['random expressions written to a file', 'readExperiment() compiles the schema once'],
  },
  yaml: {
    sources: ['src/pipeline/yaml/**/*.ts'],
    tests: ['test/pipeline/yaml/!(hostile|robust).test.ts', 'test/experiment/one-check.test.ts'],
    skipped: [
      'dumpExperiment() is read back whatever values it holds',
      'a document beyond its limits of 150,000 actions',
      'a document beyond its limits of a title of 11 million characters',
      'a document beyond its limits of 5,000 tags',
      'a document beyond its limits names the cause',
      'modules that a file names the config.yaml of a run loads',
      'readExperiment() compiles the schema once',
    ],
  },
  ir: { sources: ['src/graph/ir/*.ts'], tests: ['test/graph/ir/*.test.ts', 'test/graph/passes/*.test.ts'] },
  passes: { sources: ['src/graph/passes/**/*.ts'], tests: ['test/graph/passes/**/*.test.ts'] },
}
