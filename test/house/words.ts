/** Words that comments, error texts and docstrings do not use. CONTRIBUTING shows the same list. */
export interface Word {
  /** As CONTRIBUTING names it. */
  readonly word: string
  readonly pattern: RegExp
  readonly instead: string
}

const heads =
  'one|ones|once|each|entry|entries|value|values|number|numbers|item|items|row|rows|line|file|table|letter|pair|rule|score|scores|count|counts'
const units = 'item|batch|row|class|layer|epoch|sample|file'

export const words: readonly Word[] = [
  { word: 'gives', pattern: /\bgives\b/i, instead: 'returns, yields, is' },
  { word: 'behind', pattern: /\bbehind\b/i, instead: 'after, below' },
  { word: 'told, tells', pattern: /\b(told|tells)\b/i, instead: 'reported, says, states' },
  { word: 'nobody', pattern: /\bnobody\b/i, instead: 'no …' },
  { word: 'had ahead', pattern: /\bhad ahead\b/i, instead: 'prepared ahead' },
  { word: 'reckon', pattern: /\breckon/i, instead: 'compute' },
  { word: 'as far as', pattern: /\bas far as\b/i, instead: 'up to, where' },
  { word: 'be it', pattern: /\bbe it\b/i, instead: 'whether … or' },
  { word: 'one an item', pattern: new RegExp(`\\b(${heads}) an? (${units})\\b`, 'i'), instead: 'one per item, once per batch' },
  { word: 'a text, texts', pattern: /\b(a text|texts)\b/i, instead: 'a string, strings' },
  { word: 'left out', pattern: /\bleft out\b/i, instead: 'skipped, omitted' },
  { word: 'whole number', pattern: /\bwhole numbers?\b/i, instead: 'integer' },
  { word: 'broken off', pattern: /\bbroken off\b/i, instead: 'interrupted' },
]
