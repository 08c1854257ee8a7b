import { escapeHtml } from "../display/html";
import { formatCell } from "../display/table";
import { takeFigureApart } from "./figure-data";
import type { BlockOf, ReportBlock } from "./report-contents";
import { renderTable } from "./render-table";

/** What stands where an author said nothing. */
const gap = '<span class="gap">Not reported: needs the author</span>';

/** What stands where a run of the programme is missing. */
const open = '<span class="gap">Not reported: not computed yet</span>';

/**
 * Writes a block of a report as HTML.
 *
 * @param name A name for its elements, unique in the page: "figure-3".
 * @returns The HTML; every text of the block is escaped.
 */
export function renderBlock(block: ReportBlock, name: string): string {
  switch (block.kind) {
    case "text":
      return renderText(block);
    case "list":
      return block.points.length === 0
        ? ""
        : `<ul>${block.points.map((point) => `<li>${escapeHtml(point)}</li>`).join("")}</ul>`;
    case "facts":
      return renderFacts(block);
    case "table":
      return renderTable(block);
    case "figure":
      return renderFigure(block, name);
    case "drawing":
      return renderDrawing(block);
    case "pictures":
      return renderPictures(block);
    case "items":
      return renderItems(block);
  }
}

function renderText({ text, tone = "plain" }: BlockOf<"text">): string {
  const words = escapeHtml(text);
  return tone === "plain" ? `<p>${words}</p>` : `<p class="${escapeHtml(tone)}">${words}</p>`;
}

function renderFacts({ facts }: BlockOf<"facts">): string {
  const entries = facts.map(({ name, value }) => {
    const said = value === null ? gap : escapeHtml(formatCell(value));
    return `<dt>${escapeHtml(name)}</dt><dd>${said}</dd>`;
  });
  return `<dl>${entries.join("")}</dl>`;
}

function renderFigure({ figure, caption, alternative, still }: BlockOf<"figure">, name: string): string {
  const { title, subtitle, json } = takeFigureApart(figure);
  const words = escapeHtml(alternative);
  // As an image, which shows without scripts and prints; the script of the page draws over it.
  const picture =
    still === undefined
      ? `<noscript>${words} (This figure is drawn by a script of this page.)</noscript>`
      : `<img class="still" alt="${words}" src="data:image/svg+xml;base64,${Buffer.from(still).toString("base64")}">`;
  const key = escapeHtml(name);
  // One figcaption alone is allowed in a figure: the title is a paragraph.
  return [
    `<figure><p class="title">${escapeHtml(title)}</p>${subtitle === "" ? "" : `<p class="small">${escapeHtml(subtitle)}</p>`}`,
    `<div class="canvas" data-figure="${key}-data" id="${key}" role="img" aria-label="${words}">${picture}</div>`,
    `<script type="application/json" id="${key}-data">${json}</script>`,
    `<figcaption>${escapeHtml(caption)}</figcaption></figure>`,
  ].join("");
}

// As an image: in an image no script runs and no other file is loaded, whatever the SVG holds.
function renderDrawing({ drawing, caption }: BlockOf<"drawing">): string {
  const source = `data:image/svg+xml;base64,${Buffer.from(drawing.svg).toString("base64")}`;
  const words = escapeHtml(`${drawing.title}\n${drawing.description}`);
  return [
    `<figure class="drawing"><p class="title">${escapeHtml(drawing.title)}</p>`,
    `<img src="${source}" alt="${words}" width="${escapeHtml(String(drawing.width))}">`,
    `<figcaption>${escapeHtml(caption)}</figcaption></figure>`,
  ].join("");
}

/** The first of so many pictures are seen at once, the others page by page. */
const picturesPerPage = 12;

function renderPictures({ pictures, caption }: BlockOf<"pictures">): string {
  const tiles = pictures.map(({ png, caption: own }) => {
    const source = `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
    const words = escapeHtml(own);
    return `<figure><img src="${source}" alt="${words}"><figcaption>${words}</figcaption></figure>`;
  });
  const pages = Array.from({ length: Math.ceil(tiles.length / picturesPerPage) }, (_, page) => {
    const [from, to] = [page * picturesPerPage, Math.min(tiles.length, (page + 1) * picturesPerPage)];
    const grid = `<div class="pictures">${tiles.slice(from, to).join("")}</div>`;
    return page === 0 ? grid : `<details><summary>${from + 1} to ${to} of ${tiles.length}</summary>${grid}</details>`;
  });
  return `<p class="title">${escapeHtml(caption)}</p>${pages.join("")}`;
}

function renderItems({ items }: BlockOf<"items">): string {
  const rows = items.map(({ group, item, asked, said, by }, index) => {
    const first = items[index - 1]?.group !== group;
    const again = !first && items[index - 1]!.asked === asked;
    const value = said !== null ? escapeHtml(said) : by === "author" ? gap : open;
    return `<tr><td>${first ? escapeHtml(group) : ""}</td><td>${escapeHtml(item)}</td><td>${again ? "" : escapeHtml(asked)}</td><td>${value}</td></tr>`;
  });
  const head = ["", "what is asked", "by", "what the report says"].map((name) => `<th scope="col">${name}</th>`);
  return `<div class="table"><div class="scroll" tabindex="0" role="region" aria-label="Reporting items"><table class="items"><thead><tr>${head.join("")}</tr></thead><tbody>${rows.join("")}</tbody></table></div></div>`;
}
