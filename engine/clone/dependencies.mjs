/** The npm packages of a clone: installed if they are missing or differ from package-lock.json, always with scripts off. */
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readJson, root } from '../places.mjs'
import { SetupProblem } from '../problems.mjs'
import { secondsSince } from '../progress.mjs'
import { lastLines, runQuietly } from '../shell.mjs'

/** Exists while npm changes installed packages; remains if npm was stopped. */
const unfinished = 'node_modules/.millrace-unfinished'

/**
 * Whether every package of package-lock.json is there in its version, as npm's own note in node_modules says. Packages for other
 * platforms may be absent.
 */
export function dependenciesAreCurrent(folder = root) {
  const wanted = readJson(join(folder, 'package-lock.json'))?.packages
  if (wanted === undefined) return true
  const found = readJson(join(folder, 'node_modules/.package-lock.json'))?.packages
  if (found === undefined || existsSync(join(folder, unfinished))) return false
  return Object.entries(wanted).every(([path, { version, optional, link }]) => {
    if (path === '' || link) return true
    if (found[path] === undefined) return optional === true
    // npm's note does not notice a removed folder.
    return found[path].version === version && existsSync(join(folder, path, 'package.json'))
  })
}

/** @param {{ log: import('../progress.mjs').Log }} options */
export async function provideDependencies({ log }) {
  if (dependenciesAreCurrent()) return
  const start = performance.now()
  // A stopped npm leaves packages half unpacked, which another `npm install` considers complete. npm writes its note last.
  const fresh = !existsSync(join(root, 'node_modules/.package-lock.json')) || existsSync(join(root, unfinished))
  ;(log.moving ?? log)(`${fresh ? 'installing' : 'updating'} the npm packages …`)
  // `npm ci` would first remove a node_modules that other processes may be using.
  const args = [fresh ? 'ci' : 'install', ...(fresh ? [] : ['--no-save']), '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund']
  if (!fresh) writeFileSync(join(root, unfinished), '')
  const outcome = await npm(args)
  if (outcome.missing) throw new SetupProblem('no-npm')
  if (outcome.ok) rmSync(join(root, unfinished), { force: true })
  if (!outcome.ok || !dependenciesAreCurrent()) throw new SetupProblem('npm-failed', { output: npmSaid(outcome.output) })
  log(`npm packages ${fresh ? 'installed' : 'updated'} in ${secondsSince(start)}`)
}

/** Runs the npm that started us, else the one on the path. @param {readonly string[]} args */
export function npm(args, cwd = root) {
  const script = process.env.npm_execpath
  if (script && /npm-cli\.c?js$/.test(script)) return runQuietly(process.execPath, [script, ...args], { cwd })
  return process.platform === 'win32' ? runQuietly('cmd', ['/c', 'npm', ...args], { cwd }) : runQuietly('npm', args, { cwd })
}

/** The reason among npm's many lines: its code and first sentences, without traces and the advice on proxies. @param {string} output */
export function npmSaid(output) {
  const lines = [...output.matchAll(/^npm (?:error|ERR!) +(\S.*)$/gm)].map(([, line = '']) => line)
  const telling = lines.filter(
    line => !/^(at |syscall |errno |\w+: |\}|A complete log|network |If you are)/.test(line) || /Error: /.test(line),
  )
  return telling.slice(0, 3).join('\n') || lastLines(output)
}
