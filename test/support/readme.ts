import { readFileSync } from 'node:fs'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

/** The blocks of the README in a language. */
export function readmeBlocks(language: string): readonly string[] {
  return [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text]) => text!)
}

/** The setting of editors that the README names. */
export function readmeTags(): readonly string[] {
  const settings = readmeBlocks('json').map(text => JSON.parse(text) as Record<string, readonly string[]>)
  return settings.find(one => 'yaml.customTags' in one)!['yaml.customTags']!
}
