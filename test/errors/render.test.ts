import { expect } from 'chai'
import { MillraceError, renderError, renderErrors } from '../../src/errors/index.js'

const details = { kind: 'variable', seen: 'los', allowed: ['loss', 'accuracy'] }
const source = { file: 'se.yaml', line: 12, column: 9, width: 3, text: '  saveTo: los' }
const at = (location: object) =>
  new MillraceError('unknown-name', details, { source: { ...source, ...location } }) as unknown as MillraceError

describe('renderError()', () => {
  it('shows location, line, caret, what is allowed and help', () => {
    expect(renderError(at({ column: 11 }))).to.equal(
      [
        'se.yaml:12:11  error[unknown-name] there is no variable called los',
        '12 |   saveTo: los',
        '   |           ^^^',
        '   = allowed: loss, accuracy',
        '   = help: Did you mean loss?',
      ].join('\n'),
    )
  })

  it('without a line it tells pipeline, action and batch', () => {
    const error = new MillraceError('unknown-name', details, { pipeline: 'test', action: { number: 2, name: 'update' }, batch: 7 })
    expect(renderError(error as unknown as MillraceError).split('\n')[0]).to.equal(
      'pipeline test, action 2 (update), batch 7  error[unknown-name] there is no variable called los',
    )
    const nowhere = new MillraceError('unknown-name', details) as unknown as MillraceError
    expect(renderError(nowhere).split('\n')[0]).to.equal('error[unknown-name] there is no variable called los')
  })

  it('lets no file steer the terminal', () => {
    const rendered = renderError(at({ text: '\u001b[31m \u202eevil\u0007: los', column: 14 }))
    expect(rendered).to.contain('12 | \uFFFD[31m \uFFFDevil\uFFFD: los')
    const named = new MillraceError('unknown-name', { ...details, seen: '\u001b]0;title\u0007' }) as unknown as MillraceError
    expect(renderError(named)).to.contain('no variable called \uFFFD]0;title\uFFFD')
  })

  it('keeps tabs, so that the caret stands right', () => {
    expect(renderError(at({ text: '\tlos', column: 2 })).split('\n')[2]).to.equal('   | \t^^^')
  })

  it('shows only a part of a long line, and never points past it', () => {
    const long = `${'x'.repeat(500)}los${'y'.repeat(500)}`
    const [, line, carets] = renderError(at({ text: long, column: 501 })).split('\n')
    expect(line!.length).to.be.below(180)
    expect(line!.slice(carets!.indexOf('^'), carets!.indexOf('^') + 3)).to.equal('los')
    expect(line).to.equal(`12 | …${'x'.repeat(80)}los${'y'.repeat(77)}…`)
    const widest = 'x'.repeat(160)
    expect(renderError(at({ text: widest, column: 150 })).split('\n')[1]).to.equal(`12 | ${widest}`)
    expect(renderError(at({ text: `${widest}y`, column: 1 })).split('\n')[1]).to.equal(`12 | ${widest}…`)
    expect(
      renderError(at({ text: `${widest}y`, column: 161, width: 9 }))
        .split('\n')
        .slice(1, 3),
    ).to.deep.equal([`12 | …${'x'.repeat(80)}y`, `   |  ${' '.repeat(80)}^`])
    expect(renderError(at({ text: 'los', column: 1, width: 99 })).split('\n')[2]).to.equal('   | ^^^')
    expect(renderError(at({ text: '', column: 1, width: 99 })).split('\n')[2]).to.equal('   | ^')
  })

  it('colours only when asked to', () => {
    const escape = String.fromCharCode(27)
    expect(renderError(at({}))).not.to.include(escape)
    expect(renderError(at({}), { color: true })).to.include(`${escape}[31m`)
  })

  it('shows what was seen, and keeps its line breaks', () => {
    const error = new MillraceError('wrong-value', { name: 'x', seen: 'one\ntwo', allowed: '1' }) as unknown as MillraceError
    expect(renderError(error)).to.equal('error[wrong-value] x has a value that cannot be used\n  = seen: one\ntwo\n  = allowed: 1')
  })

  it('can be a note', () => {
    expect(renderError(at({}), { severity: 'note' })).to.include('note[unknown-name]')
  })
})

describe('renderErrors()', () => {
  it('shows each, and counts', () => {
    expect(renderErrors([at({}), at({ line: 13 })])).to.equal([renderError(at({})), renderError(at({ line: 13 })), '2 errors'].join('\n\n'))
    expect(renderErrors([at({})], { color: true })).to.include(`${String.fromCharCode(27)}[1m1 error`)
    expect(renderErrors([])).to.equal('')
    expect(renderErrors([at({})])).to.match(/\n\n1 error$/)
    expect(renderErrors([at({}), at({})])).to.match(/\n\n2 errors$/)
    expect(renderErrors([at({})], { severity: 'note' })).to.match(/\n\n1 note$/)
  })
})
