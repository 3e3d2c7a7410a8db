/** Errors about work on items: one by one, concurrently or in threads. */
import { listNames } from '../did-you-mean.js'
import type { MessageTable } from '../message.js'

const some = (ids: readonly string[]) => (ids.length > 8 ? `${ids.slice(0, 8).join(', ')}, …` : ids.join(', '))

export const parallelMessages = {
  'items-failed': ({ ids, of, message }: { ids: readonly string[]; of: number; message: string }) => ({
    what: `${ids.length} of ${of} items failed; the first error: ${message}`,
    seen: `${ids.length === 1 ? 'item' : 'items'} ${some(ids)}`,
  }),
  'no-result': ({ seen, allowed }: { seen: string; allowed: string }) => ({
    what: 'the function returned no result for its item',
    seen,
    allowed,
    fix: 'Return the item, changed or unchanged',
  }),
  'unequal-items': ({ name, seen, allowed }: { name: string; seen: string; allowed: string }) => ({
    what: `component ${name} cannot hold the items that this action returned`,
    seen,
    allowed,
    fix: 'Make the items equal in shape and type (resize, crop, pad), or write them to a list component with dst',
  }),
  'module-not-loaded': ({ module, message }: { module: string; message: string }) => ({
    what: `the module ${module} cannot be loaded: ${message}`,
    fix: 'Give a URL, new URL("./blur.js", import.meta.url), or a path; a relative path is relative to the working directory',
  }),
  'module-not-named': ({ module, allowed }: { module: string; allowed: readonly string[] }) => ({
    what: `this pipeline comes from a file, which does not write out that it loads the module ${module}`,
    allowed: listNames(allowed),
    fix: 'Write the path of the module into the action, so that its reader sees it. In TypeScript, pass the modules of readExperimentFile to openExperiment, or a URL to the action',
  }),
  'module-export': ({ module, name, allowed }: { module: string; name: string; allowed: readonly string[] }) => ({
    what: `the module ${module} does not export a function ${name}`,
    allowed: allowed.length === 0 ? 'nothing: it exports no functions' : allowed.join(', '),
    fix: 'Name the function with parallel: { module, export }',
  }),
  'needs-module': ({ name }: { name: string }) => ({
    what: `${name} cannot run in other threads: functions cannot be sent to a thread`,
    fix: 'Move it to a module and give parallel: { module: new URL("./blur.js", import.meta.url), export: "blur", workers: 2 }; an itemAction names its module where it is defined, parallel: { module: import.meta.url, export: "blur" }',
  }),
  'not-for-threads': ({ path, seen }: { path: string; seen: string }) => ({
    what: `${path} cannot be sent to another thread`,
    seen,
    allowed: 'numbers, strings, arrays of numbers, and lists and objects of these; threads do not share variables, models or functions',
    fix: 'Omit workers, or pass only the values that are needed',
  }),
  'late-error': ({ message }: { message: string }) => ({
    what: `a function threw after it had returned: ${message}`,
    seen: 'an exception or a rejection that no code of its own handles, e.g. in a timer or a promise that is not awaited',
    fix: 'Await the work before returning, and handle its errors there',
  }),
  'exit-in-thread': ({ code }: { code: string }) => ({
    what: 'a function called process.exit in a thread after it had returned',
    seen: `process.exit(${code})`,
    fix: 'Throw an error instead: it names the item and ends the run with its results so far',
  }),
  'worker-failed': ({ message }: { message: string }) => ({
    what: `a thread exited before its work was done: ${message}`,
    fix: 'Run it with workers: 0 to see the error where it happens; if a thread runs out of memory, use smaller batches',
  }),
} satisfies MessageTable
