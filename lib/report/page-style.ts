/** How a report's page looks, on a screen and on paper. */
export const pageStyle = `
:root { color-scheme: light; --ink: #222; --quiet: #5a5a5a; --line: #d8d8d8; --gap: #8a3b00; }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 3.5rem; }
body { margin: 0; color: var(--ink); background: #fff; line-height: 1.5; overflow-wrap: break-word;
  font-family: system-ui, -apple-system, "Segoe UI", "Liberation Sans", Arial, sans-serif; font-size: 16px; }
.ribbon { position: sticky; top: 0; z-index: 2; padding: .4rem 1rem; text-align: center; font-weight: 600;
  background: #ffe9b8; border-bottom: 2px solid #b26a00; color: #4a2c00; }
.page { max-width: 62rem; margin: 0 auto; padding: 1rem 1.25rem 3rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 1rem 0 .25rem; }
h2 { font-size: 1.35rem; margin: 2.75rem 0 .5rem; padding-bottom: .2rem; border-bottom: 2px solid var(--line); }
p, ul { max-width: 46rem; margin: .6rem 0; }
a { color: #0060a0; }
.subtitle { font-size: 1.1rem; margin-top: 0; }
.small, .subtitle, .made { color: var(--quiet); }
.small, .made { font-size: .86rem; }
nav { margin: 1.25rem 0; padding: .75rem 1rem; background: #f6f7f8; border-radius: 6px; }
nav ol { margin: 0; padding-left: 1.6rem; columns: 2; column-gap: 2rem; }
nav li { break-inside: avoid; padding: .1rem 0; }
.caution { border-left: 4px solid #b26a00; background: #fff7e6; padding: .5rem .9rem; }
.missing { border-left: 4px solid #888; background: #f3f3f3; padding: .5rem .9rem; }
.gap { color: var(--gap); font-weight: 600; }
dl { display: grid; grid-template-columns: minmax(8rem, 14rem) minmax(0, 1fr); gap: .3rem 1rem; margin: .8rem 0; }
dt { color: var(--quiet); }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.table { margin: 1.1rem 0; }
.scroll { overflow-x: auto; }
summary { cursor: pointer; padding: .2rem 0; color: #0060a0; }
table { border-collapse: collapse; font-size: .85rem; }
.table .title { margin: 0 0 .2rem; font-size: .95rem; }
th, td { padding: .3rem .5rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { border-bottom: 2px solid #888; vertical-align: bottom; }
th:first-child, td:first-child { padding-left: 0; }
td { max-width: 30rem; }
td:not(.short) { min-width: 9rem; }
.items td { min-width: 0; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.short { white-space: nowrap; }
figure { margin: 1.5rem 0; min-width: 0; }
.title { font-weight: 600; margin-bottom: .2rem; }
.title + .small { margin-top: 0; }
figcaption { max-width: 46rem; font-size: .9rem; color: var(--quiet); }
.canvas { width: 100%; min-height: 12rem; overflow-x: auto; overflow-y: hidden; }
.still { display: block; width: 100%; min-width: 34rem; max-width: 56rem; height: auto; }
.drawn > .still { display: none; }
.answer { margin: 1.25rem 0; padding: .9rem 1.1rem .2rem; border: 1px solid var(--line); border-left: 6px solid #009e73; border-radius: 6px; }
.verdict { margin: 0; font-size: 1.5rem; font-weight: 700; }
.sentence { font-size: 1.05rem; max-width: none; margin: .3rem 0 .6rem; }
.answer dl { display: flex; flex-wrap: wrap; gap: .3rem 2rem; }
.answer dd { font-weight: 600; font-variant-numeric: tabular-nums; margin: 0; }
.answer figure { margin: .6rem 0 .4rem; }
.answer .canvas { min-height: 0; }
.drawing img { display: block; max-width: 100%; height: auto; background: #fff; }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: .75rem; }
.pictures figure { margin: 0; }
.pictures img { width: 100%; display: block; }
.pictures figcaption { font-size: .78rem; }
footer { margin-top: 3rem; padding-top: .75rem; border-top: 2px solid var(--line); }
@media (max-width: 40rem) {
  body { font-size: 15px; }
  .page { padding: .5rem .9rem 2rem; }
  h1 { font-size: 1.5rem; }
  nav ol { columns: 1; }
  dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
  dd { margin-bottom: .5rem; }
}
@media print {
  @page { margin: 15mm; }
  html { font-size: 10pt; }
  body { font-size: 10pt; }
  .page { max-width: none; padding: 0; }
  .ribbon { position: fixed; top: auto; bottom: 0; left: 0; right: 0; padding: 2px; font-size: 8pt; }
  .scroll { overflow: visible; }
  table { font-size: 7.6pt; }
  th, td { padding: 2px 5px; }
  .short { white-space: normal; }
  td:not(.short) { min-width: 0; }
  h2, .title { break-after: avoid; }
  figure, tr, .caution, .missing { break-inside: avoid; }
  thead { display: table-header-group; }
  .modebar-container { display: none; }
  .drawn > .still { display: block; min-width: 0; }
  .still { min-width: 0; }
  .still + .live { display: none; }
  .answer { break-inside: avoid; }
  nav { display: none; }
  a { color: inherit; text-decoration: none; }
}
`;
