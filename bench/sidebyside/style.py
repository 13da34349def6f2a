"""How the page looks: one style sheet, light and dark, colours by name."""

NAMES = {
    "pollux": "Pollux",
    "nginx": "nginx",
    "lighttpd": "lighttpd",
    "apache": "Apache",
    "limit": "C limit",
}

SHEET = """
:root {
  --paper: #fcfcfb; --card: #ffffff; --ink: #1f2328; --soft: #6b7280; --rule: #e3e5e8; --grid: #eceef0;
  --pollux: #d9480f; --short: #f0a07c; --nginx: #2f9e44; --lighttpd: #1c7ed6; --apache: #9c36b5; --limit: #868e96;
  --good: #2b8a3e; --bad: #c92a2a; --none: #868e96;
  --part0: #1c7ed6; --part1: #2f9e44; --part2: #d9480f; --part3: #f59f00; --part4: #9c36b5; --part5: #0c8599;
  --part6: #e64980; --part7: #74b816; --part8: #868e96; --way0: #d9480f; --way1: #1c7ed6; --way2: #9c36b5;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15181c; --card: #1c2025; --ink: #e6e8eb; --soft: #9aa3ad; --rule: #2f353c; --grid: #272c33;
    --pollux: #ff8a4c; --short: #8c5236; --nginx: #51cf66; --lighttpd: #4dabf7; --apache: #cc8ae8; --limit: #a5adb5;
    --good: #69db7c; --bad: #ff8787; --none: #868e96;
    --part0: #4dabf7; --part1: #51cf66; --part2: #ff8a4c; --part3: #ffd43b; --part4: #cc8ae8; --part5: #3bc9db;
    --part6: #faa2c1; --part7: #a9e34b; --part8: #868e96; --way0: #ff8a4c; --way1: #4dabf7; --way2: #cc8ae8;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.55 system-ui, sans-serif; }
main { max-width: 1000px; margin: 0 auto; padding: 40px 24px 80px; }
h1 { font-size: 30px; line-height: 1.2; margin: 0 0 6px; letter-spacing: -0.01em; }
h2 { font-size: 20px; margin: 52px 0 4px; letter-spacing: -0.005em; }
h2 + p { margin-top: 0; }
p { max-width: 46em; } p.lead, p.note { color: var(--soft); margin-top: 0; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(138px, 1fr)); gap: 12px; margin: 28px 0 0; }
.tile { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 14px 16px; }
.tile b { display: block; font-size: 23px; line-height: 1.2; white-space: nowrap; font-variant-numeric: tabular-nums; }
.tile span { color: var(--soft); font-size: 13px; }
figure { margin: 12px 0 0; background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 18px;
  overflow-x: auto; }
figcaption { color: var(--soft); font-size: 13px; margin-top: 8px; }
svg { display: block; width: 100%; min-width: 640px; height: auto; font: 12.5px system-ui, sans-serif; }
svg text { fill: var(--ink); } svg .small { font-size: 11.5px; fill: var(--soft); }
svg .strong { font-weight: 600; } svg .value { font-size: 11.5px; font-variant-numeric: tabular-nums; }
svg .grid { stroke: var(--grid); } svg .axis { stroke: var(--soft); }
svg .whisker { stroke: var(--ink); opacity: 0.55; }
svg .one { stroke: var(--nginx); stroke-width: 1.5; } svg .notch { stroke: var(--ink); stroke-width: 2; }
svg .cut { stroke: var(--card); stroke-width: 3; }
svg .curve { fill: none; stroke-width: 2.2; stroke-linejoin: round; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 0 0 10px; font-size: 13px; color: var(--soft); }
.legend i { display: inline-block; width: 11px; height: 11px; border-radius: 3px; margin-right: 6px; }
.legend i.dot { border-radius: 50%; } .legend i.notch { width: 3px; border-radius: 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: 12px 0; font-size: 13.5px; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 6px 10px; border-bottom: 1px solid var(--rule); vertical-align: top; }
th { color: var(--soft); font-weight: 600; font-size: 12.5px; } td.n, th.n { text-align: right; white-space: nowrap; }
td.met, td.missed { white-space: nowrap; }
td.met { color: var(--good); font-weight: 600; } td.missed { color: var(--bad); font-weight: 600; }
tr.first td { border-top: 1px solid var(--soft); }
.problems { border: 1px solid var(--bad); border-radius: 10px; padding: 4px 18px; margin-top: 24px; }
details { margin-top: 12px; } summary { cursor: pointer; color: var(--soft); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 3px 18px; }
dt { color: var(--soft); } dd { margin: 0; }
"""
