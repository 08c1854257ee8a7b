/** How a page looks, from the width of a telephone on. */
export const tryPageStyle = `
:root { color-scheme: light; --ink: #1d1d1f; --quiet: #565656; --line: #cfcfcf; --benign: #0072b2; --malignant: #b34a00; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; color: var(--ink); background: #fff; line-height: 1.45; overflow-wrap: anywhere; font-size: 16px;
  font-family: system-ui, -apple-system, "Segoe UI", "Liberation Sans", Arial, sans-serif; }
body.dropping { outline: 4px dashed var(--benign); outline-offset: -8px; }
.ribbon { padding: .5rem 1rem; text-align: center; font-weight: 600; background: #ffe9b8; border-bottom: 2px solid #b26a00; color: #4a2c00; }
.page { max-width: 76rem; margin: 0 auto; padding: .75rem 1rem 3rem; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: .75rem 0 .25rem; }
h2 { font-size: 1.15rem; margin: .75rem 0 .35rem; }
h3 { font-size: 1rem; margin: .25rem 0; }
p { margin: .4rem 0; max-width: 46rem; }
.small, .lead { color: var(--quiet); font-size: .88rem; }
.tabs { display: flex; flex-wrap: wrap; gap: .25rem; margin: 1rem 0 0; border-bottom: 2px solid var(--line); }
.tabs button { border: 0; border-radius: 6px 6px 0 0; background: #eee; color: var(--ink); }
.tabs button[aria-selected="true"] { background: var(--benign); color: #fff; }
button, select, input[type="text"], input[type="number"] { font: inherit; min-height: 2.6rem; border-radius: 6px; }
button { padding: .4rem .9rem; border: 1px solid var(--benign); background: #fff; color: #00527f; cursor: pointer; }
button:hover { background: #e8f3fa; }
button.main, .choose > span:first-child button { background: var(--benign); color: #fff; }
button[aria-pressed="true"] { background: var(--benign); color: #fff; }
:focus-visible { outline: 3px solid #1a6fd0; outline-offset: 2px; }
input[type="text"], input[type="number"], select { border: 1px solid #888; padding: .25rem .5rem; background: #fff; color: var(--ink); }
input[type="range"] { width: 100%; height: 2rem; accent-color: var(--benign); }
.hidden { position: absolute; width: 1px; height: 1px; opacity: 0; pointer-events: none; }
.choose { display: flex; flex-wrap: wrap; gap: .5rem .75rem; align-items: center; margin: 1rem 0 .5rem; }
.message { font-weight: 600; color: #8a1f00; }
.message:empty { display: none; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; }
@media (min-width: 50rem) { .columns { grid-template-columns: minmax(0, 3fr) minmax(17rem, 2fr); } }
.picture { display: block; width: 100%; margin: 0 auto; touch-action: none; cursor: crosshair; background: #000; }
.plain .picture { cursor: default; }
.editor { padding: 0 .5rem; }
.numbers { display: flex; flex-wrap: wrap; gap: .5rem .75rem; margin: .6rem 0; border: 1px solid var(--line); border-radius: 6px; }
.numbers input { width: 5.2rem; }
.row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: .5rem 0; }
.row input { flex: 1; min-width: 8rem; }
select[size] { width: 100%; min-height: 14rem; }
.probability strong { font-size: 2.2rem; line-height: 1.1; }
.meter { position: relative; height: 1.1rem; background: #e6e6e6; border-radius: 4px; margin: .4rem 0; }
.meter .filled { position: absolute; left: 0; top: 0; bottom: 0; border-radius: 4px; }
.filled.benign { background: var(--benign); }
.filled.malignant { background: var(--malignant); }
.meter .mark { position: absolute; top: -4px; bottom: -4px; width: 3px; margin-left: -1px; background: #000; }
strong.benign { color: #005a8d; }
strong.malignant { color: #8f3b00; }
.warnings { border-left: 4px solid #b26a00; background: #fff7e6; padding: .4rem .8rem; margin: .6rem 0; }
.warnings ul { margin: .3rem 0; padding-left: 1.1rem; }
.slider { display: block; margin: .5rem 0 0; }
.colors { display: block; width: 100%; height: .8rem; border: 1px solid #888; }
.about { margin-top: 2rem; border-top: 2px solid var(--line); }
dl { display: grid; grid-template-columns: minmax(8rem, 14rem) minmax(0, 1fr); gap: .3rem 1rem; margin: .8rem 0; font-size: .92rem; }
dt { color: var(--quiet); }
dd { margin: 0; }
@media (max-width: 40rem) { dl { grid-template-columns: minmax(0, 1fr); gap: 0; } dd { margin-bottom: .5rem; } .page { padding: .5rem .6rem 2rem; } }
`;
