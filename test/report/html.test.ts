import { expect } from 'chai'
import { html } from '../../src/report/html.js'

describe('html', () => {
  it('escapes text', () => expect(html`<p title="${'"'}">${"<b> & '"}</p>`.text).to.equal('<p title="&#34;">&#60;b&#62; &#38; &#39;</p>'))
  it('keeps markup and joins lists', () =>
    expect(html`<ul>${[1, 2].map(n => html`<li>${n}</li>`)}</ul>`.text).to.equal('<ul><li>1</li><li>2</li></ul>'))
  it('leaves out nothing and false, not zero', () => expect(html`${undefined}${null}${false}${0}${''}`.text).to.equal('0'))
})
