/** Mocha's usual report, and at its end the counts in the file that COUNTS names, so that nobody has to read them out of the text. */
const { writeFileSync } = require('node:fs')
const { reporters, Runner } = require('mocha')

module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options)
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats
      if (process.env.COUNTS) writeFileSync(process.env.COUNTS, `${passes} ${failures} ${pending}\n`)
    })
  }
}
