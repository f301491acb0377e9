"""How a rule book looks, beyond the house's page: an index column on wide screens, one column on narrow ones and on A4."""

from __future__ import annotations

CSS = """
body { max-width: 64rem; }
header h1 { font-size: 1.7rem; font-weight: 650; color: var(--ink); margin: 0 0 .2rem; letter-spacing: 0; line-height: 1.35; }
header p { color: var(--soft); font-size: .9rem; margin: .1rem 0; }
.search { margin: 1.1rem 0 0; display: none; } .js .search { display: block; }
.search input { width: 100%; font: inherit; padding: .5rem .8rem; border: 1px solid var(--rule); border-radius: .3rem; background: var(--wash); }
.search output { display: block; color: var(--soft); font-size: .82rem; margin-top: .25rem; }
nav ol { padding-left: 0; list-style: none; columns: 2 20rem; column-gap: 2.4rem; margin: .6rem 0; }
nav > ol > li { break-inside: avoid-column; margin-bottom: .8rem; }
nav li ul { list-style: none; padding-left: 0; margin: .15rem 0 0; font-size: .9rem; line-height: 1.55; }
nav b { font-size: .95rem; } a { color: inherit; text-decoration-color: var(--rule); text-underline-offset: .2em; }
a:hover { text-decoration-color: currentColor; }
.part > h2 { margin-top: 2.8rem; } .part > .note { margin-top: 0; }
.entry { margin: 1.1rem 0 1.6rem; padding: .2rem 0 .9rem 1.1rem; border-left: .2rem solid var(--rule); }
.entry.norm { border-left-color: var(--conditional); } .entry h3 { margin: 0 0 .1rem; font-size: 1.08rem; line-height: 1.45; }
.entry .rule { display: block; margin-bottom: .5rem; } .entry h4 { margin: .8rem 0 .15rem; }
.entry .tag { font-weight: 400; }
.said p { margin: .3rem 0; } .said ul, .said ol { margin: .15rem 0; padding-left: 0; list-style: none; }
.said li { margin: .12rem 0 .12rem 1.4rem; } .said li.n { display: grid; grid-template-columns: max-content 1fr; column-gap: .35rem; margin-left: .6rem; }
.said li.n > div { min-width: 0; } .said .mark { font-variant-numeric: tabular-nums; }
.sources { list-style: none; padding: 0; margin: .1rem 0; font-size: .88rem; } .sources li { margin: .05rem 0; }
.state { font-size: .75rem; padding: 0 .35rem; border-radius: .2rem; border: 1px solid currentColor; white-space: nowrap; margin-left: .35rem; }
.state.verified { color: var(--permit); } .state.partly { color: var(--refer); } .state.unverified { color: var(--deny); } .state.example { color: var(--indeterminate); }
.line { display: grid; grid-template-columns: 1fr; gap: .2rem; margin: .3rem 0; padding: 0; list-style: none; font-size: .9rem; }
details { margin: .5rem 0 0; } summary { cursor: pointer; color: var(--soft); font-size: .82rem; }
pre { font: .78rem/1.5 ui-monospace, "SFMono-Regular", Consolas, "Noto Sans Mono CJK SC", monospace; background: var(--wash);
  padding: .6rem .8rem; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; margin: .3rem 0 0; }
.passed { color: var(--permit); } .failed { color: var(--deny); font-weight: 600; }
.index dl { columns: 2 20rem; column-gap: 2.4rem; margin: .4rem 0; font-size: .9rem; } .index dt { font-weight: 600; break-after: avoid-column; margin-top: .5rem; }
.index dd { margin: 0 0 0 1rem; break-inside: avoid; } .hidden { display: none; }
@media (max-width: 40rem) { header h1 { font-size: 1.35rem; } .entry { padding-left: .7rem; } .said li { margin-left: .8rem; } nav ol, .index dl { columns: 1; } }
@media print { a { text-decoration: none; } .search, .js .search { display: none; } details { break-inside: auto; } details::details-content { display: block; block-size: auto; content-visibility: visible; } summary { list-style: none; } .entry { break-inside: auto; } .entry h3, .entry .rule { break-after: avoid; }
  .part { break-before: page; } .part:first-of-type { break-before: auto; } .hidden { display: block; } nav ol, .index dl { columns: 2; } }
"""

SCRIPT = """
document.documentElement.classList.add('js');
(function () {
  var folded = [];
  window.addEventListener('beforeprint', function () {
    folded = [].slice.call(document.querySelectorAll('details:not([open])'));
    folded.forEach(function (d) { d.open = true; });
  });
  window.addEventListener('afterprint', function () { folded.forEach(function (d) { d.open = false; }); folded = []; });
  var box = document.getElementById('find'), told = document.getElementById('found');
  var rows = [].slice.call(document.querySelectorAll('.entry')), parts = [].slice.call(document.querySelectorAll('.part'));
  var texts = rows.map(function (r) { return r.textContent.toLowerCase(); });
  box.addEventListener('input', function () {
    var words = box.value.toLowerCase().split(/\\s+/).filter(Boolean), count = 0;
    rows.forEach(function (row, i) {
      var hit = words.every(function (w) { return texts[i].indexOf(w) >= 0; });
      row.classList.toggle('hidden', !hit); if (hit) count += 1;
    });
    parts.forEach(function (p) { p.classList.toggle('hidden', !p.querySelector('.entry:not(.hidden)')); });
    told.textContent = words.length ? told.getAttribute('data-count').replace('#', count) : '';
  });
})();
"""
"""Search in the page itself: nothing is fetched. Without it the page is whole.

On paper everything folded is shown: newer browsers by the style sheet alone, older ones by this script.
"""
