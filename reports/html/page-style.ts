/** Light and dark, narrow and wide, screen and paper. Colors only underline what symbols and words say. */
export const PAGE_STYLE = `
:root { --text: #1b1f24; --soft: #57606a; --back: #ffffff; --panel: #f4f6f8; --line: #c9d1d9; --link: #0a58ca;
  --bad: #a40e26; --bad-back: #ffe9ec; --open: #7a4b00; --open-back: #fff4dc; --good: #116329; --good-back: #e3f6e8; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6edf3; --soft: #9ba7b4; --back: #0d1117; --panel: #161b22; --line: #3d444d; --link: #79b8ff;
    --bad: #ff9aa2; --bad-back: #3c1217; --open: #f2c46d; --open-back: #33260a; --good: #7ee2a0; --good-back: #0e2b18; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 75rem; padding: 1rem; background: var(--back); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.3rem; margin: 2rem 0 0.5rem; } h3 { font-size: 1.1rem; margin: 1.5rem 0 0.5rem; }
h4 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; } p { margin: 0.4rem 0; overflow-wrap: anywhere; }
header p, .legend, .record { color: var(--soft); } .record { font-size: 0.85rem; }
a { color: var(--link); }
code { font-family: ui-monospace, monospace; font-size: 0.9em; overflow-wrap: anywhere; }
.cluster { border-top: 2px solid var(--line); }
.badge, .label { display: inline-block; padding: 0 0.5rem; border: 1px solid currentColor; border-radius: 0.3rem; font-size: 0.85rem;
  font-weight: 700; white-space: nowrap; }
.label { text-transform: uppercase; }
.refused, .mandatory .label { color: var(--bad); } .undecided.badge, .advisory .label, .undecided .label { color: var(--open); }
.passed { color: var(--good); } .remark .label, .accepted .label, .known .label { color: var(--soft); }
article { margin: 0.75rem 0; padding: 0.6rem 0.8rem; background: var(--panel); border-left: 4px solid var(--line); }
article.mandatory { border-color: var(--bad); border-left-width: 8px; } article.advisory, article.undecided { border-color: var(--open); }
article ul { margin: 0.4rem 0; padding-left: 1.2rem; overflow-wrap: anywhere; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
.wide { overflow-x: auto; } td.text { min-width: 14rem; } td.when { white-space: nowrap; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid var(--line); padding: 0.35rem 0.6rem; text-align: left; vertical-align: top; }
thead th { background: var(--panel); }
tbody th { font-weight: 600; min-width: 6rem; max-width: 16rem; overflow-wrap: break-word; }
.files td { padding: 0; min-width: 11rem; }
.files button { width: 100%; min-height: 2.4rem; padding: 0.35rem 0.6rem; border: 0; background: none; color: inherit; font: inherit;
  text-align: left; cursor: pointer; overflow-wrap: break-word; }
.files button[aria-expanded="true"] { font-weight: 700; text-decoration: underline; }
td.present { background: var(--good-back); color: var(--good); } td.missing { background: var(--bad-back); color: var(--bad); }
td.undecided { background: var(--open-back); color: var(--open); }
td.missing button, td.undecided button { font-weight: 600; }
tr.reason td { padding: 0.6rem 0.9rem; background: var(--panel); }
tr.reason div { position: sticky; left: 0.9rem; max-width: min(70rem, calc(100vw - 3.5rem)); }
tr.reason ol { margin: 0.3rem 0; padding-left: 1.5rem; overflow-wrap: anywhere; }
:focus-visible { outline: 3px solid var(--link); outline-offset: -3px; }
.filter { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; align-items: center; margin: 0.5rem 0; }
input[type="search"] { font: inherit; padding: 0.2rem 0.4rem; background: var(--back); color: var(--text); border: 1px solid var(--line); }
details { margin: 1rem 0; } summary { cursor: pointer; }
.time { width: 100%; max-width: 60rem; height: auto; font: 12px system-ui, sans-serif; }
.time text { fill: var(--text); } .time rect { fill: var(--good); } .time rect.expired, .time rect.not-valid-yet { fill: none; stroke: var(--bad);
  stroke-width: 2; stroke-dasharray: 4 2; }
.time .tick { stroke: var(--line); } .time .now { stroke: var(--text); stroke-width: 2; stroke-dasharray: 6 3; }
[hidden] { display: none !important; }
@media screen and (min-width: 40rem) { .long { max-height: 85vh; overflow-y: auto; scroll-padding-top: 5rem; }
  .long thead th { position: sticky; top: 0; z-index: 1; } }
@media (max-width: 40rem) { body { padding: 0.5rem; } .files td { min-width: 9rem; } }
@media print { body { max-width: none; } .filter, [id$="-help"] { display: none; } .wide { overflow: visible; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; } td.text { min-width: 0; }
  tr, article { break-inside: avoid; } .files td { min-width: 0; } details::details-content { content-visibility: visible; display: block; } }
`;
