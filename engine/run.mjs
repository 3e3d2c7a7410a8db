/**
 * The entry of `npm start` and `npm test`: provides whatever is missing, then runs. This file runs on any Node.js, however old, so
 * that an old one prints a sentence instead of a syntax error; everything else comes after the import.
 */
const needed = [20, 19]
const seen = process.versions.node.split('.').map(Number)

if (seen[0] < needed[0] || (seen[0] === needed[0] && seen[1] < needed[1])) {
  console.error(`Millrace needs Node.js ${needed.join('.')} or newer; this is ${process.versions.node}.`)
  console.error('Install a current Node.js, then the same command again.')
  process.exit(2)
}

import('./main.mjs').then(main => main.main(process.argv.slice(2)))
