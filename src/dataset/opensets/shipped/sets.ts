/** The shipped sets. Authors and licences: `data/LICENCES.md`. */
import type { DefinedBatch } from '../../batch/define-batch.js'
import type { Dataset } from '../../dataset.js'
import { ImagesBatch } from '../../images/images-batch.js'
import type { WithBatchClass } from '../files.js'
import { FeaturesBatch } from './features-batch.js'
import { openShipped, readLabelledImages, readLabelledTable, type ShippedData, type ShippedOptions } from './shipped-set.js'

type Given = ShippedOptions & Partial<WithBatchClass<DefinedBatch>>

const table = (name: string, file: string, sha256: string, classNames: readonly string[]) => {
  const load = (): Promise<ShippedData> => readLabelledTable(file, sha256, classNames)
  return ({ batchClass = FeaturesBatch, ...given }: Given) => openShipped(name, given, batchClass, load)
}

const openIris = table('iris', 'iris.csv', 'e25883a12675ca4734529479d90cb3ede0aa893b10c37175b647a1405eb9dfce', [
  'setosa',
  'versicolor',
  'virginica',
])
const openWine = table('wine', 'wine.csv', '094352b1ee376c1d2f0ae361aa015e070eb5344d8cdffabc206aa246226fea19', ['1', '2', '3'])
const openBreastCancer = table('breastCancer', 'breast-cancer.csv', 'cb2f005067f547f2629fb48ce2e2697915afad0164b80a39da7f9522b2b9b869', [
  'malignant',
  'benign',
])

/**
 * Handwritten digits of 13 people, 8 x 8 (Alpaydin and Kaynak, 1998; the test part of the UCI repository's set, which scikit-learn has, too):
 * 1,797 items, `images` uint8 [n, 8, 8, 1] with values 0 … 16 and `labels` uint8 [n]. Attribute `classes`: 10. It is part of the package.
 *
 * @param options `train` 0.8, `shuffle` true: the split is drawn from seed 0
 *
 * @example
 * const data = await digits()
 * data.train.p.normalize({ scale: 16 })
 *
 * @throws MillraceError `unknown-option`, `wrong-value`, `data-file-unreadable`, `data-file-checksum`
 */
export function digits<K extends DefinedBatch>(given: ShippedOptions & WithBatchClass<K>): Promise<Dataset<K>>
export function digits(given?: ShippedOptions): Promise<Dataset<typeof ImagesBatch>>
export function digits({ batchClass = ImagesBatch, ...given }: Given = {}): Promise<Dataset<any>> {
  return openShipped('digits', given, batchClass, () =>
    readLabelledImages('digits', { images: 'a5adabccf8d3e2540826a202a7bfb422', labels: '497796a0698e25d3920a9422b635bf34' }),
  )
}

/**
 * Fisher's irises (1936): 150 flowers of 3 species, `features` float32 [n, 4] in centimetres (length and width of sepals and petals) and
 * `labels` uint8 [n]. Attributes `classes`: 3, `classNames`, `featureNames`. It is part of the package.
 *
 * @param options `train` 0.8, `shuffle` true: the split is drawn from seed 0
 *
 * @example
 * const data = await iris({ train: 0.7, shuffle: 3 })
 * data.attributes.classNames  // ['setosa', 'versicolor', 'virginica']
 *
 * @throws MillraceError `unknown-option`, `wrong-value`, `data-file-checksum`
 */
export function iris<K extends DefinedBatch>(given: ShippedOptions & WithBatchClass<K>): Promise<Dataset<K>>
export function iris(given?: ShippedOptions): Promise<Dataset<typeof FeaturesBatch>>
export function iris(given: Given = {}): Promise<Dataset<any>> {
  return openIris(given)
}

/**
 * Chemical analyses of 178 wines of 3 cultivars (Aeberhard and Forina, 1992): `features` float32 [n, 13] and `labels` uint8 [n], 0 … 2. Attributes
 * `classes`: 3, `classNames`, `featureNames`. It is part of the package.
 *
 * @param options `train` 0.8, `shuffle` true: the split is drawn from seed 0
 *
 * @example
 * const data = await wine()
 * data.train.length  // 142
 *
 * @throws MillraceError `unknown-option`, `wrong-value`, `data-file-checksum`
 */
export function wine<K extends DefinedBatch>(given: ShippedOptions & WithBatchClass<K>): Promise<Dataset<K>>
export function wine(given?: ShippedOptions): Promise<Dataset<typeof FeaturesBatch>>
export function wine(given: Given = {}): Promise<Dataset<any>> {
  return openWine(given)
}

/**
 * Breast cancer of Wisconsin, the diagnostic set (Wolberg and others, 1993): 569 tumours, `features` float32 [n, 30] of cell nuclei (mean, error and
 * worst of 10 measures) and `labels` uint8 [n], 0 malignant, 1 benign. Attributes `classes`: 2, `classNames`, `featureNames`. It is part of the
 * package.
 *
 * @param options `train` 0.8, `shuffle` true: the split is drawn from seed 0
 *
 * @example
 * const data = await breastCancer()
 * data.test.batchByPos([0]).features.shape  // [1, 30]
 *
 * @throws MillraceError `unknown-option`, `wrong-value`, `data-file-checksum`
 */
export function breastCancer<K extends DefinedBatch>(given: ShippedOptions & WithBatchClass<K>): Promise<Dataset<K>>
export function breastCancer(given?: ShippedOptions): Promise<Dataset<typeof FeaturesBatch>>
export function breastCancer(given: Given = {}): Promise<Dataset<any>> {
  return openBreastCancer(given)
}
