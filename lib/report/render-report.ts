import { escapeHtml } from "../display/html";
import { checkReport } from "./check-report";
import { countReported } from "./count-reported";
import { pageScript } from "./page-script";
import { pageStyle } from "./page-style";
import { hashOfScript, packPlotly } from "./plotly-source";
import { renderBlock } from "./render-block";
import type { ReportContents } from "./report-contents";

/**
 * Writes a report as one HTML page that needs no other file and no network. Its content security policy names the two scripts
 * that may run by their hashes, so that no other one can, whatever the names of data sets and models hold; it forbids every
 * request.
 *
 * @returns The page. Equal contents make equal pages.
 * @throws {Problem} Where something is wrong with the contents: see {@link checkReport}.
 */
export function renderReport(report: ReportContents): string {
  const { title, subtitle, ribbon, made, answer, sections, footer } = checkReport(report);
  let figures = 0;
  const first = answer === null ? [] : [renderAnswer(answer, (figures += answer.figure === null ? 0 : 1))];
  const body = sections.map(({ anchor, title: heading, blocks }) => {
    const own = blocks.map((block) => {
      if (block.kind === "figure") figures += 1;
      return renderBlock(block, `drawn-figure-${figures}`);
    });
    return `<section id="${escapeHtml(anchor)}"><h2>${escapeHtml(heading)}</h2>${own.join("\n")}</section>`;
  });
  const contents = sections.map(
    ({ anchor, title: heading }) => `<li><a href="#${escapeHtml(anchor)}">${escapeHtml(heading)}</a></li>`,
  );
  const plotly = figures === 0 ? null : packPlotly();
  const hashes = [hashOfScript(pageScript), ...(plotly === null ? [] : [plotly.hash])];
  const scripts = hashes.map((hash) => `'${hash}'`).join(" ");
  const policy = [
    "default-src 'none'",
    "img-src data: blob:",
    "style-src 'unsafe-inline'",
    `script-src ${scripts}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return [
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${pageStyle}</style>\n</head>\n<body>`,
    ...(ribbon === null ? [] : [`<div class="ribbon" role="note">${escapeHtml(ribbon)}</div>`]),
    `<div class="page">\n<header><h1>${escapeHtml(title)}</h1>`,
    ...(subtitle === "" ? [] : [`<p class="subtitle">${escapeHtml(subtitle)}</p>`]),
    `<p class="made">Made ${made.toISOString().slice(0, 16).replace("T", " ")} UTC. ${escapeHtml(tellReported(report))}</p></header>`,
    ...first,
    `<nav aria-label="Contents"><ol>${contents.join("")}</ol></nav>`,
    `<main>${body.join("\n")}</main>`,
    ...(footer === "" ? [] : [`<footer><p class="small">${escapeHtml(footer)}</p></footer>`]),
    "</div>",
    ...(plotly === null ? [] : [`<script type="application/octet-stream" id="plotly">${plotly.packed}</script>`]),
    `<script>${pageScript}</script>`,
    "</body>\n</html>\n",
  ].join("\n");
}

function renderAnswer({ verdict, sentence, facts, figure }: FilledAnswer, number: number): string {
  const list = facts.map(({ name, value }) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`);
  return [
    `<section class="answer" aria-label="The answer"><p class="verdict">${escapeHtml(verdict)}</p>`,
    `<p class="sentence">${escapeHtml(sentence)}</p>`,
    ...(list.length === 0 ? [] : [`<dl>${list.join("")}</dl>`]),
    ...(figure === null ? [] : [renderBlock(figure, `drawn-figure-${number}`)]),
    "</section>",
  ].join("\n");
}

type FilledAnswer = NonNullable<ReturnType<typeof checkReport>["answer"]>;

function tellReported(report: ReportContents): string {
  const { reported, items, missingFacts } = countReported(report);
  const facts =
    missingFacts === 0
      ? ""
      : ` ${missingFacts} ${missingFacts === 1 ? "fact is" : "facts are"} marked as not reported.`;
  return items === 0 ? facts.trim() : `${reported} of ${items} reporting items are filled.${facts}`;
}
