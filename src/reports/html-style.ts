/** The style of the page, light or dark as the reader's system is. */
export const HTML_STYLE = `
:root { color-scheme: light dark; --back: #fff; --text: #1f2328; --soft: #59636e; --line: #d1d9e0; --panel: #f6f8fa;
  --good: #1a7f37; --bad: #cf222e; --warn: #9a6700; --info: #0969da; --calm: #818b98; }
@media (prefers-color-scheme: dark) { :root { --back: #0d1117; --text: #f0f6fc; --soft: #9198a1; --line: #3d444d;
  --panel: #151b23; --good: #3fb950; --bad: #f85149; --warn: #d29922; --info: #4493f8; --calm: #656c76; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 76rem; background: var(--back); color: var(--text);
  font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 1.5rem; } h2 { margin: 2rem 0 .5rem; font-size: 1.1rem; }
a { color: var(--info); } code, pre, svg text { font-family: ui-monospace, monospace; }
pre { margin: .5rem 0; padding: .75rem; overflow-x: auto; overflow-wrap: normal; background: var(--panel);
  border: 1px solid var(--line); border-radius: 6px; font-size: 12px; line-height: 1.5; }
.soft { color: var(--soft); }
.totals { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0; padding: 0; list-style: none; }
.totals li { padding: .25rem .75rem; border: 1px solid var(--line); border-left: 4px solid var(--tone, var(--calm));
  border-radius: 6px; background: var(--panel); }
.totals b { font-size: 1.15rem; }
.good { --tone: var(--good); } .bad { --tone: var(--bad); } .warn { --tone: var(--warn); }
.info { --tone: var(--info); } .calm { --tone: var(--calm); }
.badge { padding: 0 .5em; border: 1px solid var(--tone); border-radius: 1em; color: var(--tone); font-size: 12px;
  white-space: nowrap; } .badge.calm { color: var(--soft); }
.graph { overflow: auto; max-height: 70vh; border: 1px solid var(--line); border-radius: 6px; background: var(--panel); }
.graph svg { display: block; }
.graph rect { fill: var(--back); stroke: var(--tone, var(--calm)); stroke-width: 1.5; }
.graph text { fill: var(--text); font-size: 12px; } .graph .wave { fill: var(--soft); }
.graph path { fill: none; stroke: var(--calm); stroke-width: 1.2; opacity: .7; }
.graph a:hover rect, .graph a:focus rect { stroke-width: 3; }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th, td { padding: .25rem .5rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
#filter { width: 100%; margin: .5rem 0; padding: .4rem .75rem; border: 1px solid var(--line); border-radius: 6px;
  background: var(--back); color: inherit; font: inherit; }
details { margin: .5rem 0; padding: .4rem .75rem; border: 1px solid var(--line); border-left: 4px solid var(--tone);
  border-radius: 6px; scroll-margin-top: 1rem; }
details:target { outline: 2px solid var(--info); }
summary { cursor: pointer; } summary code { font-weight: 600; }
.say { margin: .5rem 0; padding-left: .75rem; border-left: 3px solid var(--tone); white-space: pre-wrap; }
.checks { padding-left: 0; list-style: none; } .checks b { color: var(--tone); }
.add { color: var(--good); } .destroy, .replace { color: var(--bad); } .change { color: var(--warn); }
.read, .import, .move { color: var(--info); } .muted, .forget { color: var(--soft); }
[hidden] { display: none !important; }
@media print { #filter { display: none; } .graph { max-height: none; } }
`;
