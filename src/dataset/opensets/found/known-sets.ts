/** Sets that are found on this machine or fetched from their official address. Pure data. */

/** A file of a set. */
export interface SetFile {
  readonly name: string
  readonly md5: string
  /** True if the checksum is that of what the gzip file contains: its header may be another one. */
  readonly isOfContent?: boolean
  readonly bytes?: number
  /** Where it is, the official address first. */
  readonly urls: readonly string[]
}

/** A set of files. */
export interface KnownSet {
  readonly title: string
  readonly licence: string
  readonly citation: string
  /** A folder of the cache: other files, another version. */
  readonly version: string
  readonly files: readonly SetFile[]
  /** Folders where systems keep it. */
  readonly places: readonly string[]
}

const idxNames = ['train-images-idx3-ubyte.gz', 'train-labels-idx1-ubyte.gz', 't10k-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz']

const idxFiles = (address: string, sums: readonly [string, string, string, string], isOfContent: boolean): readonly SetFile[] =>
  idxNames.map((name, i) => ({ name, md5: sums[i]!, isOfContent, urls: [`${address}/${name}`] }))

const cifarFile = (name: string, bytes: number, md5: string): SetFile => ({
  name,
  bytes,
  md5,
  urls: [`https://www.cs.toronto.edu/~kriz/${name}`],
})
const krizhevsky = 'A. Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009'

/**
 * The sets that `millrace data` finds, fetches and checks, by name.
 *
 * @example
 * knownSets.cifar10.files[0].bytes  // 170052171
 */
export const knownSets = {
  fashionMnist: {
    title: 'Fashion-MNIST: 60,000 + 10,000 pictures of clothes, 28 x 28, 10 classes',
    licence: 'MIT',
    citation: 'H. Xiao, K. Rasul, R. Vollgraf, Fashion-MNIST, 2017, arXiv 1708.07747',
    version: '1',
    files: idxFiles(
      'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com',
      [
        'f4a8712d7a061bf5bd6d2ca38dc4d50a',
        '9018921c3c673c538a1fc5bad174d6f9',
        '8181f5470baa50b63fa0f6fddb340f0a',
        '15d484375f8d13e6eb1aabb0c3f46965',
      ],
      true,
    ),
    places: ['/usr/share/datasets/fashion-mnist'],
  },
  kmnist: {
    title: 'Kuzushiji-MNIST: 60,000 + 10,000 handwritten characters, 28 x 28, 10 classes',
    licence: 'CC BY-SA 4.0',
    citation: 'T. Clanuwat and others, Deep Learning for Classical Japanese Literature, 2018, arXiv 1812.01718',
    version: '1',
    files: idxFiles(
      'http://codh.rois.ac.jp/kmnist/dataset/kmnist',
      [
        'bdb82020997e1d708af4cf47b453dcf7',
        'e144d726b3acfaa3e44228e80efcd344',
        '5c965bf0a639b31b8f53240b1b52f4d7',
        '7320c461ea6c1c855c0b718fb2a4b134',
      ],
      false,
    ),
    places: [],
  },
  cifar10: {
    title: 'CIFAR-10: 50,000 + 10,000 colour pictures, 32 x 32, 10 classes',
    licence: 'none stated',
    citation: krizhevsky,
    version: '1',
    files: [cifarFile('cifar-10-binary.tar.gz', 170_052_171, 'c32a1d4ab5d03f1284b67883e8d87530')],
    places: [],
  },
  cifar100: {
    title: 'CIFAR-100: 50,000 + 10,000 colour pictures, 32 x 32, 100 classes in 20 groups',
    licence: 'none stated',
    citation: krizhevsky,
    version: '1',
    files: [cifarFile('cifar-100-binary.tar.gz', 168_513_733, '03b5dce01913d631647c71ecec9e9cb8')],
    places: [],
  },
} as const satisfies Readonly<Record<string, KnownSet>>

/** The name of a set that is found or fetched. */
export type KnownSetName = keyof typeof knownSets
