/** Finds a C++17 compiler that really builds and links a shared library: CXX if set, else g++, clang++, c++. */
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freeBytes } from '../cache.mjs'
import { SetupProblem } from '../problems.mjs'
import { lastLines, runQuietly } from '../shell.mjs'

const probe = `
#include <map>
#include <optional>
#include <string>
#include <string_view>
extern "C" int probe(const char* text) {
  std::map<std::string, int> table{{"a", 1}};
  if (auto found = table.find(text); found != table.end()) {
    auto& [key, value] = *found;
    std::optional<std::string_view> view{key};
    return value + static_cast<int>(view->size());
  }
  return 0;
}
`

/**
 * @param {string} folder where the probe is built
 * @returns {Promise<readonly string[]>} the words that begin a compiler command
 */
export async function findCompiler(folder, env = process.env) {
  const source = join(folder, 'probe.cc')
  writeFileSync(source, probe)
  const candidates = env.CXX?.trim() ? [env.CXX.trim()] : ['g++', 'clang++', 'c++']
  const seen = []
  let found = false
  for (const candidate of candidates) {
    const words = candidate.split(/\s+/)
    const [command, ...first] = words
    const args = [...first, '-std=c++17', '-fPIC', '-shared', source, '-o', join(folder, 'probe.so')]
    const outcome = await runQuietly(/** @type {string} */ (command), args)
    if (outcome.ok) return words
    diskMustHaveRoom(outcome.output, folder)
    found ||= !outcome.missing
    seen.push(`${env.CXX ? 'CXX=' : ''}${candidate}: ${outcome.missing ? 'not found' : lastLines(outcome.output, 2)}`)
  }
  throw new SetupProblem(found ? 'compiler-too-old' : 'no-compiler', { seen: seen.join('; ') })
}

/** Reports a compiler that ran out of disk space. @param {string} output @param {string} folder */
export function diskMustHaveRoom(output, folder) {
  if (!/No space left/i.test(output)) return
  throw new SetupProblem('disk-full', { folder: `${folder} or ${tmpdir()}`, free: freeBytes(folder), needed: 50e6, gpu: false })
}
