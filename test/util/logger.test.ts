import { expect } from 'chai'
import { beforeEachLine, log, setLogger } from '../../src/util/logger.js'

describe('the lines that pipelines print', () => {
  const written: string[] = []
  const { write } = process.stdout
  beforeEach(() => {
    written.length = 0
  })
  afterEach(() => {
    process.stdout.write = write
    setLogger()
  })

  it('go where the logger says, without a line break', () => {
    setLogger(line => written.push(line))
    log('a')
    expect(written).to.deep.equal(['a'])
  })

  it('go to standard output otherwise, with one', () => {
    setLogger(line => written.push(`logger ${line}`))
    setLogger()
    process.stdout.write = ((line: string) => written.push(line) > 0) as typeof write
    log('a')
    process.stdout.write = write
    expect(written).to.deep.equal(['a\n'])
  })

  it('come after what clears the screen, until that is taken away', () => {
    setLogger(line => written.push(line))
    const stop = beforeEachLine(() => written.push('clear'))
    log('a')
    stop()
    log('b')
    expect(written).to.deep.equal(['clear', 'a', 'b'])
  })
})
