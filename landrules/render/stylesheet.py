"""How the page looks: on a screen from 360 px up, and on A4 paper. No external font, image or script."""

from __future__ import annotations

CSS = """
:root { --ink: #1c1c1a; --soft: #5d5d57; --rule: #d5d3ca; --paper: #fff; --wash: #f5f4ef;
  --deny: #a3161f; --indeterminate: #5b4a9e; --refer: #8a5a00; --conditional: #14618f; --permit: #2c6a3a; }
* { box-sizing: border-box; }
html { background: var(--wash); -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 62rem; padding: 2rem 2.4rem 3rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.65 "Source Han Serif SC", "Noto Serif CJK SC", "Songti SC", SimSun, Georgia, "Times New Roman", serif;
  overflow-wrap: anywhere; line-break: strict; }
html:lang(en) body { font-family: Georgia, "Times New Roman", "Noto Serif CJK SC", serif; }
h1, h2, h3, h4, th, .tag, .facts dt, figcaption, .legend, footer, .map text { font-family: "Source Han Sans SC", "Noto Sans CJK SC",
  "PingFang SC", "Microsoft YaHei", system-ui, sans-serif; }
h1 { font-size: 1.1rem; font-weight: 500; margin: 0 0 .9rem; color: var(--soft); letter-spacing: .04em; }
h2 { font-size: 1.15rem; margin: 2.2rem 0 .7rem; padding-bottom: .25rem; border-bottom: 2px solid var(--ink); }
h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
h4 { font-size: .8rem; font-weight: 500; margin: 1rem 0 .2rem; color: var(--soft); }
p { margin: .4rem 0; }
.headline { font-size: 1.25rem; line-height: 1.6; margin: 0; padding: .9rem 1.1rem; border-left: .45rem solid; background: var(--wash); }
.deny { color: var(--deny); } .indeterminate { color: var(--indeterminate); } .refer { color: var(--refer); }
.conditional { color: var(--conditional); } .permit, .untouched { color: var(--permit); }
.headline { border-color: currentColor; } .headline span { color: var(--ink); }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.2rem; margin: 1rem 0 0; }
.facts dt { color: var(--soft); font-size: .85rem; line-height: 1.94; } .facts dd { margin: 0; }
.reason { border: 1px solid var(--rule); border-left: .3rem solid; padding: .7rem 1rem .8rem; margin: .6rem 0; break-inside: avoid; }
.reason > * { color: var(--ink); } .reason h3 { margin: 0; }
.reason .facts { margin: .4rem 0 .35rem; }
.rule, code { font: .8rem/1.4 ui-monospace, "SFMono-Regular", Consolas, "Noto Sans Mono CJK SC", monospace; color: var(--soft); }
.tag { font-size: .75rem; font-weight: 400; color: var(--soft); border: 1px solid var(--rule); border-radius: .2rem;
  padding: .05rem .4rem; margin-left: .5rem; white-space: nowrap; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .88rem; line-height: 1.5; margin: .4rem 0; }
caption { text-align: left; font-weight: 600; padding-bottom: .3rem; }
th, td { text-align: left; vertical-align: top; padding: .28rem .6rem; border-bottom: 1px solid var(--rule); overflow-wrap: normal; }
th { font-size: .78rem; font-weight: 500; color: var(--soft); border-bottom: 1.5px solid var(--ink); }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.short { white-space: nowrap; } td:first-child { min-width: 7em; } .total td { font-weight: 600; border-top: 1.5px solid var(--ink); }
.note { color: var(--soft); font-size: .85rem; }
ul, ol { margin: .3rem 0; padding-left: 1.4rem; }
figure { margin: .6rem 0; break-inside: avoid; } .map { display: block; width: 100%; height: auto; border: 1px solid var(--rule); background: #fff; }
.legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; font-size: .82rem; }
.legend svg { width: 1.8rem; height: .95rem; vertical-align: -.12rem; margin-right: .4rem; }
.sign { display: grid; grid-template-columns: repeat(3, 1fr); gap: 2rem; margin: 2.6rem 0 0; break-inside: avoid; }
.sign div { border-top: 1px solid var(--ink); padding-top: .2rem; font-size: .85rem; color: var(--soft); }
footer { margin-top: 2rem; padding-top: .6rem; border-top: 1px solid var(--rule); font-size: .78rem; color: var(--soft); }
@media (max-width: 40rem) { body { padding: 1rem 1rem 2rem; } .facts { grid-template-columns: 1fr; gap: 0; }
  .map text { font-size: 1.5rem; } .facts dd { margin-bottom: .45rem; } .headline { font-size: 1.1rem; padding: .7rem .8rem; } .sign { gap: 1rem; } }
@page { size: A4; margin: 18mm 17mm 20mm; }
@media print { html { background: none; } body { max-width: none; padding: 0; font-size: 10.5pt; } .scroll { overflow: visible; }
  h2, h3, h4 { break-after: avoid; } tr { break-inside: avoid; } thead { display: table-header-group; }
  .map { max-height: 120mm; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""
