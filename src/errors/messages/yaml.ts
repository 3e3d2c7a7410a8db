/** Errors about a YAML file and the names a description uses. */
import { didYouMean, listNames, listNear } from '../did-you-mean.js'
import type { MessageTable } from '../message.js'

const shorten = (text: string) => (text.length > 40 ? `${text.slice(0, 39)}…` : text)

/** A key with a dot is read as two without its quotes: then its first part was seen. */
const dotted = (seen: string, allowed: readonly string[]) => allowed.find(name => name.startsWith(`"${seen}.`)) ?? seen

interface Name {
  readonly seen: string
  readonly allowed: readonly string[]
}

const importFrom = (model: string, pipeline: string | undefined) =>
  pipeline ? `Add before it: importModel: {name: ${model}, from: ${pipeline}}` : 'Add initModel or importModel before it'

export const yamlMessages = {
  'yaml-syntax': ({ reason, fix }: { reason: string; fix?: string }) => ({ what: `this is not YAML: ${reason}`, fix }),
  'duplicate-key': ({ key }: { key: string }) => ({ what: `the key ${key} appears twice in one object`, fix: 'Remove one of them' }),
  'unknown-tag': ({ seen, allowed }: Name) => {
    // Tags are single letters, so every tag is near every other: suggest the same letter only.
    const meant = allowed.find(tag => tag.toUpperCase() === seen.slice(0, 2).toUpperCase())
    return {
      what: `there is no tag ${seen}`,
      allowed: listNames(allowed, 20),
      fix: meant ? `Did you mean ${meant}?` : 'Quote a string that begins with !',
    }
  },
  'wrong-tag-value': ({ tag, allowed, fix }: { tag: string; allowed: string; fix?: string }) => ({
    what: `${tag} cannot be used on this value`,
    allowed,
    fix,
  }),
  'inexact-number': ({ spelled, value }: { spelled: string; value: number }) => ({
    what: `${spelled} is not a number that can be held exactly: it would be ${value}`,
    fix: 'Quote it if it is text',
  }),
  'key-not-allowed': ({ key }: { key: string }) => ({ what: `${key} cannot be a key`, allowed: 'strings and numbers except __proto__' }),
  'document-too-large': ({ max, isCopied }: { max: number; isCopied: boolean }) => ({
    what: isCopied
      ? `with aliases and references expanded, the document has more than ${max} values`
      : `the document has more than ${max} values; a long string counts once per 100 characters`,
    fix: isCopied ? 'Look for aliases of objects that contain aliases themselves' : 'Keep data in files that a dataset reads',
  }),
  'document-too-deep': ({ max }: { max: number }) => ({
    what: `this is more than ${max} levels deep`,
    fix: 'Look for brackets that are not closed and for references that lead to one another',
  }),
  'blocks-too-deep': ({ max }: { max: number }) => ({
    what: `this list of actions is inside more than ${max} others`,
    fix: 'Move some of them to a pipeline of its own',
  }),
  'value-cycle': ({ chain }: { chain: readonly string[] }) => ({ what: `this value contains itself: ${chain.join(' → ')}` }),
  'extends-cycle': ({ chain }: { chain: readonly string[] }) => ({ what: `this extends itself: ${chain.join(' → ')}` }),
  'file-not-readable': ({ file, reason }: { file: string; reason: string }) => ({ what: `${file} cannot be read`, seen: reason }),
  'unknown-reference': ({ path, seen, allowed }: Name & { path: string }) => ({
    what: `\${${path}} does not exist: there is no ${seen}`,
    allowed: listNear(seen, allowed),
    fix: didYouMean(dotted(seen, allowed), allowed),
  }),
  'reference-not-text': ({ written, seen }: { written: string; seen: string }) => ({
    what: `${written} is ${seen}, which cannot be part of a string`,
    fix: `Use ${written} as the whole value`,
  }),
  'unread-reference': ({ reason, written }: { reason: 'open' | 'deep'; written: string }) => ({
    what:
      reason === 'open' ? `the reference ${shorten(written)} has no closing brace` : `too many references are inside ${shorten(written)}`,
    fix: reason === 'open' ? 'Close it with }, or write $${ for the characters ${' : 'Name the value with fewer steps',
  }),
  'open-quote': ({ path }: { path: string }) => ({
    what: `a quote in \${${path}} is not closed, or is followed by something other than a dot`,
    fix: 'Quote a key that contains a dot: ${vars."a.b"}',
  }),
  'reference-in-key': ({ key }: { key: string }) => ({
    what: `the key ${key} contains a reference`,
    allowed: 'references in values',
    fix: 'Write the key itself, or $${ for the characters ${',
  }),
  'unknown-environment': ({ name }: { name: string }) => ({
    what: `the environment variable ${name} is not set`,
    fix: `Set it, or give a default: \${env:${name}:-value}`,
  }),
  'unreadable-override': ({ reason, fix }: { reason: string; fix?: string }) => ({
    what: `--set cannot be read: ${reason}`,
    allowed: '--set a.b=value, or --set ~a.b to delete a key',
    fix,
  }),
  'unknown-override': ({ path, seen, allowed }: Name & { path: string }) => ({
    what: `--set ${path} does not exist: there is no ${seen}`,
    allowed: listNear(seen, allowed),
    fix: didYouMean(dotted(seen, allowed), allowed),
  }),
  'override-in-value': ({ path, above, seen, example }: { path: string; above: string; seen: string; example: string }) => ({
    what: `--set ${path} leads into ${above}, which has no keys`,
    seen,
    fix: `Replace it as a whole: ${example}`,
  }),
  'override-unused': ({ path }: { path: string }) => ({
    what: `--set ${path} changes nothing: the experiment does not use this value`,
    fix: 'Set the value that is used, or remove this --set',
  }),
  'override-repeats': ({ path }: { path: string }) => ({ what: `--set ${path} changes nothing: the value is already this` }),
  'unknown-item': ({ where, seen, allowed }: Name & { where: string }) => ({
    what: `the inherited list ${where} has no item ${seen}`,
    allowed: listNames(allowed),
  }),
  'nothing-to-delete': ({ seen }: { seen: string }) => ({
    what: `!delete takes away what is inherited, but ${seen} is not inherited here`,
    fix: 'Remove it',
  }),
  'unknown-key': ({ where, seen, allowed, meant }: Name & { where: string; meant?: string }) => ({
    what: `${where} has no key ${seen}`,
    allowed: listNear(seen, allowed),
    fix: didYouMean(seen, allowed) ?? (meant && `Did you mean ${meant}? It is required and missing`),
  }),
  'unknown-action': ({ seen, allowed }: Name) => ({
    what: `there is no action called ${seen}`,
    allowed: listNear(seen, allowed, 16),
    fix: didYouMean(seen, allowed),
  }),
  'more-mistakes': ({ max }: { max: number }) => ({
    what: `there are more mistakes than these ${max}`,
    fix: 'Correct them and check again',
  }),
  'missing-key': ({ where, keys, because }: { where: string; keys: readonly string[]; because?: string }) => ({
    what: `${where} needs ${keys.join(', ').replace(/, ([^,]*)$/, ' and $1')}${because ? ` when it has ${because}` : ''}`,
  }),
  'keys-exclude': ({ where, keys, fix }: { where: string; keys: readonly string[]; fix?: string }) => ({
    what: `${where} can have only one of ${keys.join(' and ')}`,
    fix: fix ?? 'Remove the others',
  }),
  'wrong-type': ({ name, seen, allowed, fix }: { name: string; seen: string; allowed: string; fix?: string }) => ({
    what: `${name} must be ${allowed}`,
    seen,
    fix,
  }),
  'value-not-allowed': ({ name, seen, allowed }: Name & { name: string }) => ({
    what: `${name} cannot be ${seen}`,
    allowed: listNear(seen, allowed, 16),
    fix: didYouMean(seen, allowed),
  }),
  'one-key': ({ kind, seen }: { kind: string; seen: readonly string[] }) => ({
    what: `each item must be one ${kind} with its name as the only key`,
    seen: listNames(seen),
    fix: `Start each ${kind} with its own dash`,
  }),
  'function-in-yaml': ({ seen }: { seen: string }) => ({
    what: `${seen} runs a function, which a file cannot name`,
    fix: 'Use it from TypeScript',
  }),
  'module-not-allowed': ({ module, seen, folder }: { module: string; seen: string; folder: string }) => ({
    what: `a file may not load the module ${module}`,
    seen,
    allowed: `the path of a module at or below ${folder}`,
    fix: 'Put the module there, or allow it by name: --allow-module PATH',
  }),
  'module-missing': ({ module, path, reason }: { module: string; path: string; reason: string }) => ({
    what: `the module ${module} cannot be loaded`,
    seen: `${path}: ${reason}`,
  }),
  'module-computed': ({ action, option }: { action: string; option: string }) => ({
    what: `${option} of ${action} names code and is computed, so that a reader of the file cannot see which code runs`,
    fix: 'Write the path of the module out',
  }),
  'attribute-not-allowed': ({ seen }: { seen?: string }) => ({
    what: seen === undefined ? 'a file cannot read an attribute whose name is computed' : `a file cannot read the attribute ${seen}`,
  }),
  'not-initialised': ({ kind, seen, later, allowed, elsewhere }: Name & { kind: string; later: boolean; elsewhere?: string }) => ({
    what: later ? `the ${kind} ${seen} is used before it is initialised` : `the ${kind} ${seen} is never initialised in this pipeline`,
    allowed: later || allowed.length === 0 ? undefined : listNear(seen, allowed),
    fix: later ? 'Move the action that initialises it up' : (didYouMean(seen, allowed) ?? importFrom(seen, elsewhere)),
  }),
  'pipeline-cycle': ({ chain }: { chain: readonly string[] }) => ({
    what: `these pipelines wait for each other: ${chain.join(' → ')}`,
    fix: 'Remove one of them from join or merge',
  }),
  'import-cycle': ({ seen, chain }: { seen: string; chain: readonly string[] }) => ({
    what: `the model ${seen} is imported in a circle and never initialised: ${chain.join(' → ')}`,
    fix: 'Write initModel in one of these pipelines',
  }),
  'no-dataset': ({ seen }: { seen: string }) => ({
    what: `the pipeline ${seen} has no dataset to take batches from`,
    fix: 'Add one: dataset: name.part',
  }),
  'not-a-place': ({ seen }: { seen: string }) => ({
    what: `nothing can be saved to ${seen}`,
    allowed: '!V variable, !B or !L component, !C path, an attribute or item of one, or a list or object of these',
  }),
  'config-problem': ({ what, allowed, fix }: { modelClass: string; what: string; allowed?: string; fix?: string }) => ({
    what,
    allowed,
    fix,
  }),
} satisfies MessageTable
