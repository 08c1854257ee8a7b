import type { ComparisonRow } from "../compare/comparison-rows";
import { escapeHtml } from "../display/html";
import type { Drawing } from "../graph/draw/picture";
import { pageStyle } from "../report/page-style";
import { renderBlock } from "../report/render-block";
import { researchOnly } from "../release/model-card";

/** The style of tables and texts that a report does not have. */
const ownStyle = `
.ribbon { position: static; }
.links { list-style: none; padding: 0; display: grid; gap: .6rem; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); max-width: none; }
.links li { border: 1px solid var(--line); border-radius: 6px; padding: .6rem .9rem; }
.links a { font-weight: 600; }
blockquote { margin: .8rem 0; padding: .2rem .9rem; border-left: 4px solid #b26a00; background: #fff7e6; }
pre { overflow-x: auto; background: #f6f7f8; padding: .7rem; border-radius: 6px; }
.networks { display: grid; gap: 1.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 40rem), 1fr)); align-items: start; }
`;

/** A file of the site that its first page leads to. */
export interface SiteLink {
  readonly file: string;
  readonly text: string;
  readonly about: string;
}

/** What the first page of a site shows. */
export interface SitePage {
  readonly name: string;
  readonly dataset: string;
  readonly links: readonly SiteLink[];
  readonly networks: readonly { readonly drawing: Drawing; readonly caption: string }[];
  readonly comparison: readonly ComparisonRow[] | null;
  readonly missing: readonly string[];
}

/** Writes a page that needs no other file, has no script and sends nothing. */
export function renderPlain(title: string, body: string): string {
  const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
  return [
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${pageStyle}${ownStyle}</style>\n</head>\n<body>`,
    `<div class="ribbon" role="note">${escapeHtml(researchOnly)}</div>`,
    `<div class="page">${body}</div>\n</body>\n</html>\n`,
  ].join("\n");
}

/** Writes the first page of a study's site. */
export function renderSite({ name, dataset, links, networks, comparison, missing }: SitePage): string {
  const items = links.map(
    ({ file, text, about }) =>
      `<li><a href="${escapeHtml(file)}">${escapeHtml(text)}</a><br><span class="small">${escapeHtml(about)}</span></li>`,
  );
  const drawn = networks.map(({ drawing, caption }, index) =>
    renderBlock({ kind: "drawing", drawing, caption }, `network-${index}`),
  );
  const table =
    comparison === null
      ? ""
      : renderBlock(
          {
            kind: "table",
            caption: "Every network on the same test images",
            rows: comparison.map(rowOf),
            note: "In brackets: intervals of 95 % over patients. How they were computed, and which differences are more than chance, the report says.",
          },
          "comparison",
        );
  return renderPlain(
    name,
    [
      `<header><h1>${escapeHtml(name)}</h1><p class="subtitle">A search for networks that tell benign from malignant lesions in breast ultrasound. Images: ${escapeHtml(dataset)}.</p></header>`,
      "<main>",
      ...(items.length === 0
        ? []
        : [`<section><h2>To look at and to try</h2><ul class="links">${items.join("")}</ul></section>`]),
      ...(drawn.length === 0
        ? []
        : [`<section><h2>Found networks</h2><div class="networks">${drawn.join("")}</div></section>`]),
      ...(table === "" ? [] : [`<section><h2>Comparison</h2>${table}</section>`]),
      ...(missing.length === 0
        ? []
        : [
            `<section><h2>Not there yet</h2><ul>${missing.map((one) => `<li>${escapeHtml(one)}</li>`).join("")}</ul></section>`,
          ]),
      "</main>",
    ].join("\n"),
  );
}

function rowOf(row: ComparisonRow) {
  const digits = (value: number | null) => (value === null ? "–" : value.toFixed(3));
  const between = (value: number | null, low: number | null, high: number | null) =>
    value === null || low === null || high === null
      ? digits(value)
      : `${digits(value)} [${digits(low)}, ${digits(high)}]`;
  return {
    network: row.model,
    kind: row.kind,
    parameters: row.parameters,
    "multiply-adds, millions": row.multiplyAdds === null ? null : Number((row.multiplyAdds / 1e6).toFixed(1)),
    AUC: between(row.areaUnderCurve, row.areaLow, row.areaHigh),
    accuracy: between(row.accuracy, row.accuracyLow, row.accuracyHigh),
    sensitivity: digits(row.sensitivity),
    specificity: digits(row.specificity),
  };
}
