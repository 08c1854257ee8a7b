import { createHash } from "node:crypto";

import { escapeHtml } from "../../display/html";
import { formatCell } from "../../display/table";
import { crc32 } from "../../files/crc32";
import type { Graph } from "../../graph/graph";
import type { Box } from "../../pictures/picture";
import { researchOnly } from "../model-card";
import type { FinderCard, ReleaseCard, ReleaseData } from "../card";
import { tryPageStyle } from "./page-style";

/** A computed image by which a page finds out whether the browser computes and decodes as the library does. */
export interface PageCheck {
  readonly width: number;
  readonly height: number;
  /** Its gray levels, of 8 bits, in base 64. */
  readonly levels: string;
  readonly box: Box;
  /** Millimetres from one of its pixels to the next. */
  readonly pixelSize: number;
  /** What the library says of it. */
  readonly probability: number;
  /** Another one as a JPEG file, in base 64, which the browser decodes. */
  readonly jpeg: string;
  /** The gray levels, of 8 bits, that the library reads from it. */
  readonly decoded: readonly number[];
  /** How far a level may be off, of 1. */
  readonly tolerance: number;
}

/** What the library finds in the computed image by which a page is checked. */
export interface FinderCheck {
  readonly area: number;
  readonly expectedDice: number;
}

/** What a page holds, beside the weights. */
export interface PageContents {
  /** The network that is tried; null for a page that only draws boxes. */
  readonly release: {
    readonly card: ReleaseCard;
    readonly graph: Graph;
    readonly check: PageCheck;
    /** Networks that are asked beside it, to see whether they agree. */
    readonly others: readonly { readonly card: ReleaseCard; readonly graph: Graph }[];
    /** The network that finds the lesion, which the card speaks of; null for none. */
    readonly finder: { readonly graph: Graph; readonly check: FinderCheck } | null;
  } | null;
}

/** How a page of this library begins, by which an older one is known. */
export const pageMark = "<!DOCTYPE html>\n<!-- a page of sononas -->";

/**
 * Writes a page as one HTML file. Its policy lets this one script run, by its hash, and forbids every request: nothing can leave
 * the computer.
 *
 * @param weights The weights of all networks, packed, a line each, the finder's last; empty where there is none.
 * @param script What it runs.
 */
export function renderPage(contents: PageContents, weights: string, script: string): string {
  // Within an element of HTML, nothing of the data may look like its end.
  const data = JSON.stringify(contents).replaceAll("<", "\\u003c");
  const sum = crc32(new TextEncoder().encode(data + weights));
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const policy = [
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(tryPageStyle)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const card = contents.release?.card ?? null;
  const title = card === null ? "Boxes for a set of images" : `${card.name} ${card.version}`;
  const lead =
    card === null
      ? "Draw where the lesions are; out comes the table that the import reads."
      : `What a network says of one ultrasound image of a breast. ${card.intendedUse}`;
  return [
    `${pageMark}\n<html lang="en">\n<head>\n<meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${tryPageStyle}</style>\n</head>\n<body>`,
    `<div class="ribbon" role="note">${escapeHtml(researchOnly)}</div>`,
    `<div class="page">\n<header><h1>${escapeHtml(title)}</h1>\n<p class="lead">${escapeHtml(lead)}</p>`,
    '<p class="lead">Nothing leaves this computer: the page can send nothing and needs no network. Switch it off and try.</p></header>',
    '<main><p class="message">The page does not run: scripts are switched off in this browser or in this preview, or the page is damaged. Open it in Chrome, Edge, Firefox or Safari, or get it again.</p></main>',
    card === null ? "" : aboutRelease(card),
    "</div>",
    `<script type="application/json" id="contents" data-sum="${sum}">${data}</script>`,
    `<script type="application/octet-stream" id="weights">${weights}</script>`,
    `<script>${script}</script>`,
    "</body>\n</html>\n",
  ].join("\n");
}

function aboutRelease(card: ReleaseCard): string {
  const gap = "not reported";
  const results = tellResults(card.results);
  const fields: readonly (readonly [string, string])[] = [
    ["Tested on", card.testData === null ? gap : describeData(card.testData)],
    ["Trained on", describeData(card.data)],
    ["Results", results.length === 0 ? gap : results.join("; ")],
    ...(card.finder === undefined ? [] : aboutFinder(card.finder)),
    ["Out of scope", card.outOfScope ?? gap],
    ["Fails", card.failureModes ?? gap],
    ["Other centres", card.externalResult ?? gap],
    ["Version", `${card.version} of ${card.date}; weights ${card.network.weightsHash.slice(0, 16)}…`],
    ["Licence", card.licence ?? gap],
    ["How to cite it", card.citation ?? gap],
  ];
  const rows = fields.map(([name, text]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(text)}</dd>`);
  return `<section class="about" aria-label="About the network"><h2>About the network</h2><dl>${rows.join("")}</dl></section>`;
}

function aboutFinder({ sure, data, testData, results }: FinderCard): [string, string][] {
  const tested = testData === null ? "" : ` Tested on ${describeData(testData)}.`;
  const reached = results.length === 0 ? "" : ` ${tellResults(results).join("; ")}.`;
  return [
    ["Finds lesions", `Trained on ${describeData(data)}.${tested}${reached}`],
    ["Sure of an outline", `from an expected Dice coefficient of ${sure.expectedDice.toFixed(2)} on: ${sure.origin}`],
  ];
}

function tellResults(rows: ReleaseCard["results"]): string[] {
  const [measure, value, ...others] = Object.keys(rows[0] ?? {});
  // A table with one value a measure names its column once.
  if (measure === "measure" && value !== undefined && others.length === 0)
    return [`${rows.map((row) => `${formatCell(row[measure])} ${formatCell(row[value])}`).join("; ")} (${value})`];
  return rows.map((row) =>
    Object.entries(row)
      .filter(([, value]) => value !== null)
      .map(([column, value]) => `${column} ${formatCell(value)}`)
      .join(", "),
  );
}

/** Says in one line what a network was trained or tested on. */
function describeData({ name, images, patients }: ReleaseData): string {
  const who =
    typeof patients === "number" ? `of ${formatCell(patients)} patients` : "of how many patients is not reported";
  return `${name}: ${formatCell(images)} images ${who}`;
}
