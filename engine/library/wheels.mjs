/**
 * The pinned wheels of TensorFlow's C library: one row per file, with its sha256, its size and the parts to keep.
 * The Python version in a file's name does not matter (only libraries and headers are kept); it is pinned so that there is one hash.
 *
 * @typedef {object} Wheel
 * @property {string} requirement the requirement for pip
 * @property {string} file the wheel's name; its tags are in it
 * @property {string} sha256
 * @property {number} bytes the size of the download
 * @property {number} keptBytes the unpacked size of the kept parts
 * @property {readonly string[]} keep the prefixes of the kept paths inside the wheel
 *
 * @typedef {'cpu' | 'gpu'} Variant
 */

export const TENSORFLOW_VERSION = '2.21.0'

/** The C library and the fourteen headers the addon's sources include; the other thirteen thousand stay in the wheel. */
const tensorflowParts = [
  'tensorflow/libtensorflow_cc.so.2',
  'tensorflow/libtensorflow_framework.so.2',
  'tensorflow/include/tensorflow/c/',
  'tensorflow/include/tensorflow/core/platform/ctstring',
  'tensorflow/include/tsl/platform/ctstring',
  'tensorflow/include/xla/tsl/c/',
]

/** @type {(requirement: string, tags: string, sha256: string, bytes: number, keptBytes: number, keep: readonly string[]) => Wheel} */
const wheel = (requirement, tags, sha256, bytes, keptBytes, keep) => ({
  requirement,
  file: `${requirement.replace('==', '-').replace(/-(?=[a-z])/g, '_')}-${tags}.whl`,
  sha256,
  bytes,
  keptBytes,
  keep,
})

/** @type {(name: string, version: string, glibc: string, sha256: string, bytes: number, keptBytes: number, folders?: readonly string[]) => Wheel} */
const nvidia = (name, version, glibc, sha256, bytes, keptBytes, folders = ['lib']) =>
  wheel(
    `nvidia-${name.replaceAll('_', '-')}-cu12==${version}`,
    `py3-none-${glibc}`,
    sha256,
    bytes,
    keptBytes,
    folders.map(folder => `nvidia/${name}/${folder}/`),
  )

const glibc2010 = 'manylinux2010_x86_64.manylinux_2_12_x86_64'
const glibc2014 = 'manylinux2014_x86_64.manylinux_2_17_x86_64'
const glibc227 = 'manylinux_2_27_x86_64'

/** Per platform and variant. There is no build for graphics cards on arm64. @type {Readonly<Record<string, readonly Wheel[]>>} */
export const WHEELS = {
  'linux-x64-cpu': [
    wheel(
      `tensorflow-cpu==${TENSORFLOW_VERSION}`,
      `cp311-cp311-${glibc227}`,
      '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
      273829956,
      854e6,
      tensorflowParts,
    ),
  ],
  'linux-arm64-cpu': [
    wheel(
      `tensorflow==${TENSORFLOW_VERSION}`,
      'cp311-cp311-manylinux_2_27_aarch64',
      '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
      281828020,
      884e6,
      tensorflowParts,
    ),
  ],
  'linux-x64-gpu': [
    wheel(
      `tensorflow==${TENSORFLOW_VERSION}`,
      `cp311-cp311-${glibc227}`,
      '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124',
      572440367,
      1260e6,
      tensorflowParts,
    ),
    nvidia('cublas', '12.9.3.13', glibc227, 'd7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72', 581217458, 856e6),
    nvidia('cuda_cupti', '12.8.90', glibc2014, 'ea0cb07ebda26bb9b29ba82cda34849e73c166c18162d3913575b0c9db9a6182', 10248621, 42e6),
    nvidia('cuda_nvcc', '12.9.86', glibc2010, '5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0', 40546229, 98e6, [
      'bin',
      'nvvm',
    ]),
    nvidia('cuda_nvrtc', '12.9.86', glibc2010, '210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4', 89568129, 228e6),
    nvidia('cuda_runtime', '12.9.79', glibc2014, '25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3', 3493179, 6e6),
    nvidia('cudnn', '9.28.0.42', glibc227, '9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375', 716538495, 1163e6),
    nvidia('cufft', '11.4.1.4', glibc2014, 'c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28', 200877592, 294e6),
    nvidia('curand', '10.3.10.19', glibc227, '49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e', 68295626, 167e6),
    nvidia('cusolver', '11.7.5.82', glibc227, '15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88', 338117415, 495e6),
    nvidia('cusparse', '12.5.10.65', glibc2014, '73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78', 366465088, 487e6),
    nvidia('nccl', '2.32.3', glibc227, 'bb94b2348e4861d5e8aa00b36c3d12d9bdf9c6369b82cbb723de0b582280a21c', 351526311, 490e6),
    nvidia('nvjitlink', '12.9.86', glibc2010, 'e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9', 39748338, 96e6),
  ],
}

/** The arguments that make pip choose exactly this file, whatever Python it runs under. @param {Wheel} wheel */
export function pipArguments({ requirement, file }) {
  const platforms = file.slice(0, -'.whl'.length).split('-').at(-1)?.split('.') ?? []
  return [
    requirement,
    '--no-deps',
    '--only-binary=:all:',
    ...['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311', '--abi', 'none'],
    ...platforms.flatMap(platform => ['--platform', platform]),
  ]
}

/**
 * The free space needed to set up from these wheels: all kept parts, plus the largest wheel (each is deleted once unpacked).
 * @param {readonly Wheel[]} wheels
 */
export const bytesNeeded = wheels =>
  wheels.reduce((sum, { keptBytes }) => sum + keptBytes, 0) + Math.max(0, ...wheels.map(({ bytes }) => bytes))
