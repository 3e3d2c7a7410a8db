/** The page's style sheet. */
import { Html } from '../html.js'

/**
 * Series colours are Okabe and Ito's (2008), class colours M. Petroff's sequence of ten (2021), both made to be distinguished with any
 * colour vision; in the dark both are lightened.
 */
const light = {
  paper: '#fcfbf8',
  card: '#ffffff',
  ink: '#1c2428',
  quiet: '#5d676c',
  rule: '#e4e2db',
  accent: '#0b6e7a',
  warm: '#fdf3e3',
  s: ['#0072b2', '#d55e00', '#00795a', '#b5578f', '#7d6b00', '#3a93c9'],
  c: ['#3f90da', '#ffa90e', '#bd1f01', '#94a4a2', '#832db6', '#a96b59', '#e76300', '#b9ac70', '#717581', '#5fb9c6'],
}
const dark: typeof light = {
  paper: '#12171a',
  card: '#191f23',
  ink: '#e8ebea',
  quiet: '#9ba6aa',
  rule: '#2c3439',
  accent: '#63c3cf',
  warm: '#30281a',
  s: ['#56b4e9', '#f0883e', '#34c29a', '#dd8fbd', '#d8c440', '#8fb7ff'],
  c: ['#68a9e8', '#ffb938', '#ea5a40', '#b3c1bf', '#b57be3', '#cb9080', '#ff8a3c', '#d3c78f', '#989dab', '#9fe0ec'],
}

function variables({ s, c, ...rest }: typeof light): string {
  const entries = [...Object.entries(rest), ...s.map((color, i) => [`s${i}`, color]), ...c.map((color, i) => [`c${i}`, color])]
  return entries.map(([name, color]) => `--${name}:${color}`).join(';')
}

const rules = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.6 Inter,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:lining-nums}
main{max-width:1080px;margin:0 auto;padding:72px 40px 96px}
h1,.headline,h2{font-family:"Iowan Old Style",Charter,"Palatino Linotype",Palatino,"Source Serif 4",Georgia,"Noto Serif","Liberation Serif",serif;text-wrap:balance}
h1{font-size:clamp(2rem,5.2vw,3.25rem);line-height:1.12;letter-spacing:-.012em;font-weight:500;margin:0 0 .5em;overflow-wrap:anywhere}
h2{font-size:1.7rem;line-height:1.25;font-weight:500;letter-spacing:-.005em;margin:0 0 .9em;overflow-wrap:anywhere}
h3{font-size:1rem;font-weight:600;margin:0 0 .5em}
p{margin:0 0 1em;max-width:68ch}
code,pre{font-family:ui-monospace,"SF Mono",SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
code{font-size:.9em}
.eyebrow{display:flex;flex-wrap:wrap;gap:0 1.2em;color:var(--accent);font-size:.84rem;font-weight:600;letter-spacing:.06em;text-transform:uppercase;margin-bottom:1.6em}
.eyebrow span{color:var(--quiet);font-weight:400;letter-spacing:.02em;text-transform:none}
.headline{font-size:clamp(1.15rem,2.4vw,1.45rem);line-height:1.45;max-width:46em;margin-bottom:1.4em;text-wrap:pretty}
.notice{background:var(--warm);border-left:4px solid var(--s1);border-radius:4px;padding:.9em 1.2em;overflow-wrap:anywhere}
.figures{display:flex;flex-wrap:wrap;gap:1.4rem 3.2rem;margin:2.2rem 0 2.4rem;padding:1.5rem 0;border-top:1px solid var(--rule);border-bottom:1px solid var(--rule)}
.figures dt{color:var(--quiet);font-size:.84rem}
.figures dd{margin:0;font-size:1.5rem;line-height:1.3;font-weight:600;letter-spacing:-.01em;font-variant-numeric:tabular-nums lining-nums}
.figures small{font-size:.84rem;font-weight:400;letter-spacing:0;color:var(--quiet)}
section{margin-top:4.5rem}
figure{margin:0}
figcaption{color:var(--quiet);font-size:.9rem;line-height:1.55;margin-top:.9em;max-width:88ch}
.plot{display:block;width:100%;height:auto;overflow:visible;font-family:inherit}
.plot text{white-space:pre}
.band line{stroke-opacity:0}
.band line:hover{stroke-opacity:.09}
.intervals{max-width:780px}
.narrow,.narrow-only{display:none}
.legend{display:flex;flex-wrap:wrap;gap:.2em 1.3em;margin:0 0 .9em;padding:0;list-style:none;font-size:.9rem;font-weight:600}
.legend.narrow-only{display:none}
.legend i,.name i{display:inline-block;width:.72em;height:.72em;border-radius:50%;margin-right:.5em}
.name{white-space:nowrap}
.panels{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,320px),1fr));gap:2rem 2.5rem}
.panel{min-width:0}
.table{overflow-x:auto;max-width:780px;margin:0 0 1.4rem}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums lining-nums}
caption{text-align:left;color:var(--quiet);font-size:.84rem;padding-bottom:.5em}
th,td{padding:.55em 0 .55em 1.5em;text-align:right;vertical-align:baseline;border-bottom:1px solid var(--rule)}
th:first-child,td:first-child{padding-left:0;text-align:left}
th{font-weight:400}
thead th{color:var(--quiet);font-size:.84rem;white-space:nowrap}
thead .name{color:var(--ink);font-weight:600}
tbody th .name{font-weight:600}
tfoot th,tfoot td{font-weight:600;border-bottom:0}
tfoot tr:first-child>*{border-top:1px solid var(--quiet)}
.facts td{text-align:left;overflow-wrap:anywhere}
.facts th{color:var(--quiet);white-space:nowrap}
.verdict{font-size:1.15rem;line-height:1.5;font-weight:600;border-left:4px solid var(--quiet);padding-left:1em}
.verdict.better{border-color:var(--s2)}
.verdict.worse{border-color:var(--s1)}
.note{color:var(--quiet);background:var(--card);border:1px dashed var(--rule);border-radius:6px;padding:1.6em;max-width:none;overflow-wrap:anywhere}
.appendix{border-top:1px solid var(--rule);padding-top:2.6rem;font-size:.94rem}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,340px),1fr));gap:1.5rem 4rem;align-items:start}
details{margin-top:1.2rem}
summary{cursor:pointer;font-weight:600;padding:.5em 0}
pre{margin:.5em 0 0;padding:1.3em 1.5em;background:var(--card);border:1px solid var(--rule);border-radius:6px;overflow-x:auto;font-size:.8rem;line-height:1.55}
pre code{font-size:inherit}
@media (max-width:640px){
body{font-size:16px}
main{padding:36px 20px 64px}
section{margin-top:3.2rem}
.wide{display:none}
.narrow{display:block}
.legend.narrow-only{display:flex}
h2{font-size:1.35rem}
.figures{gap:1.1rem 2rem}
.figures dd{font-size:1.25rem}
th,td{padding-left:.8em}
table{font-size:.86rem}
pre{padding:1em}
}
@media print{
:root{${variables({ ...light, paper: '#ffffff' })}}
body{font-size:10.5pt}
main{max-width:none;padding:0}
section,figure,table{break-inside:avoid}
h2,h3{break-after:avoid}
.panels{grid-template-columns:1fr 1fr}
section{margin-top:2.4rem}
.appendix{break-inside:auto}
pre{white-space:pre-wrap;overflow-wrap:anywhere}
}`

export const style = new Html(
  `<style>
:root{color-scheme:light dark;${variables(light)}}
@media (prefers-color-scheme:dark){:root{${variables(dark)}}}${rules}
</style>`,
)
