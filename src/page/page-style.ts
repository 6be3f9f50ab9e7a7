const oneLine = (css: string): string => css.replace(/\n\s*/g, '');

/** Every page needs this much. Colours follow the reader's system; `--state` is set by the page's outcome. */
export const baseStyle = oneLine(`
:root{color-scheme:light dark;--bg:#fff;--panel:#f6f7f9;--ink:#1f2328;--soft:#59636e;--line:#dde1e6;--good:#1a7f37;--bad:#c4232d;--warn:#8a5d00;--link:#0757ba;--bar:#5b7fb5}
@media(prefers-color-scheme:dark){:root{--bg:#0e1216;--panel:#161b21;--ink:#dfe5eb;--soft:#939ca6;--line:#2a313a;--good:#4cc060;--bad:#ff6b63;--warn:#d9a63a;--link:#6cb0ff;--bar:#5f86c2}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:64rem;padding:2.5rem 1.5rem 4rem;background:var(--bg);color:var(--ink);font:15px/1.55 system-ui,sans-serif;overflow-wrap:anywhere}
a{color:var(--link);text-decoration:none}a:hover{text-decoration:underline}
header{display:flex;gap:1rem;align-items:center}
header svg{flex:none;width:2.75rem;height:2.75rem}
h1{margin:0;font-size:1.6rem;font-weight:650;line-height:1.25;color:var(--state)}
header p{margin:.1rem 0 0}
h2{margin:2.5rem 0 .75rem;font-size:1.05rem;font-weight:650}
h2 small{margin-left:.5rem;font-size:.85rem;font-weight:400}
small,.soft,dt,footer{color:var(--soft)}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.86em}
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(13.5rem,1fr));gap:1rem 2rem;margin:2rem 0 0;padding:1.25rem 0;border:solid var(--line);border-width:1px 0}
dt{font-size:.8rem}dd{margin:0}
.tag{padding:.05rem .5rem;border:1px solid;border-radius:1rem;font-size:.8rem;color:var(--warn);white-space:nowrap}
.note{margin:.75rem 0 0;padding:.5rem .9rem;border-left:3px solid var(--warn);border-radius:0 6px 6px 0;background:var(--panel)}header~.note:nth-child(2){margin-top:1.5rem}
pre{margin:0;padding:1rem 1.1rem;border:1px solid var(--line);border-radius:8px;background:var(--panel);line-height:1.5;white-space:pre-wrap;tab-size:8}
footer{margin-top:3rem;font-size:.8rem}
@media(max-width:36rem){body{padding:1.5rem 1rem}dl{grid-template-columns:1fr 1fr;gap:.75rem 1rem}}
@media print{body{max-width:none;padding:0;font-size:11px}pre{border:0;padding:0}.track,.split{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`);

/** A row per step: its name, a track with a bar in it, its duration. */
export const stepStyle = oneLine(`
.steps{margin:0;padding:0;list-style:none}
.steps li{display:grid;grid-template-columns:13rem 1fr 5.5rem;gap:.15rem 1rem;align-items:center;padding:.2rem 0}
.time{text-align:right;font-variant-numeric:tabular-nums;color:var(--soft)}
.track{height:.75rem;border-radius:3px;background:var(--panel)}
.track div{min-width:3px;height:100%;border-radius:3px;background:var(--bar)}
.ok .track div{background:var(--good)}.err .track div{background:var(--bad)}.err .name{color:var(--bad)}
.cut .track div{background:repeating-linear-gradient(135deg,var(--warn) 0 5px,transparent 5px 8px)}
@media(max-width:36rem){.steps li{grid-template-columns:1fr 5.5rem;padding:.35rem 0}.track{grid-column:1/3;grid-row:2}}
`);

/** Tests, annotations and artefacts. */
export const listStyle = oneLine(`
.split{display:flex;gap:2px;height:.5rem;margin:0 0 1rem;border-radius:3px;overflow:hidden}
.split div{min-width:3px}
.plain{margin:0;padding:0;list-style:none}
.plain>li{padding:.4rem 0;border-top:1px solid var(--line)}.plain>li:first-child{border-top:0}
.plain p{margin:.2rem 0 0;white-space:pre-wrap}
.plain pre{margin:.4rem 0 .4rem}
.size{float:right;margin-left:1rem;color:var(--soft);font-variant-numeric:tabular-nums}
.bad{color:var(--bad)}.warn{color:var(--warn)}.good{color:var(--good)}
summary{cursor:pointer}
`);

/** What Markdown makes: its headings are below those of the page. */
export const summaryStyle = oneLine(`
.md>:first-child{margin-top:0}
.md :is(h1,h2,h3,h4,h5,h6){margin:1.25rem 0 .5rem;font-size:1rem;font-weight:650;color:inherit}.md h1{font-size:1.2rem}
.md pre{overflow-wrap:anywhere}
.md table{display:block;overflow-x:auto;border-collapse:collapse}.md :is(th,td){padding:.25rem .75rem;border:1px solid var(--line)}
.md blockquote{margin:0;padding:0 1rem;border-left:3px solid var(--line);color:var(--soft)}
.md hr{border:0;border-top:1px solid var(--line)}
`);

/** The sixteen colours of a terminal, readable on both backgrounds; only pages with colours in their log carry it. */
export const ansiStyle = ((): string => {
  const light = ['#24292f', '#b3202a', '#1a7033', '#805600', '#0757ba', '#7a3ec2', '#0f6b76', '#66707b', '#57606a', '#c4232d', '#1a7f3c', '#9a6700', '#1a6fd6', '#9150d8', '#1b7c83', '#59636e'];
  const dark = ['#8b949e', '#ff6b63', '#4cc060', '#d9a63a', '#6cb0ff', '#c297ff', '#48c5d0', '#cdd5dd', '#7d8792', '#ff8f87', '#6fdc82', '#efc25f', '#91c7ff', '#d6b6ff', '#6fdce5', '#f2f5f8'];
  const rules = (colors: readonly string[]): string =>
    [
      // Before the foregrounds, which win: text on a colour has none of its own most of the time.
      ...colors.map((color, index) => `.k${index}{background:${color};color:var(--bg)}`),
      ...colors.map((color, index) => `.f${index}{color:${color}}`),
    ].join('');
  return `${rules(light)}@media(prefers-color-scheme:dark){${rules(dark)}}.bo{font-weight:700}.di{opacity:.7}.it{font-style:italic}.un{text-decoration:underline}.st{text-decoration:line-through}.fi{color:var(--panel)}.ki{background:var(--ink)}`;
})();
