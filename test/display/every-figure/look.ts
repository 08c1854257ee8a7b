import { chromium, type Browser, type Page } from "playwright-core";

import type { Figure } from "../../../lib/display/figure";

/** What is wrong with how a figure is drawn, in words. */
export type Fault = string;

/** A page that draws figures. */
export interface FigurePage {
  /**
   * Draws a figure as wide as a page, and looks for texts that lie over each other, over the legend, or beyond the edge.
   *
   * @param width The width, in CSS pixels.
   * @returns What is wrong; nothing where all is well.
   */
  look(figure: Figure, width: number): Promise<Fault[]>;
  /** Takes a picture of what was drawn last, as a PNG. */
  picture(): Promise<Buffer>;
  close(): Promise<void>;
}

/** Opens a page that draws figures, without a network. */
export async function openFigurePage(browserProgram: string): Promise<FigurePage> {
  // Chromium's sandbox does not work for an administrator, as whom containers run.
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const browser: Browser = await chromium.launch({
    executablePath: browserProgram,
    args: ["--disable-gpu", ...sandbox],
  });
  const context = await browser.newContext({ offline: true, viewport: { width: 1440, height: 900 } });
  const page: Page = await context.newPage();
  await page.addInitScript("globalThis.__name = (named) => named");
  await page.goto("about:blank");
  await page.setContent('<!doctype html><meta charset="utf-8"><body style="margin:0"><div id="figure"></div>');
  await page.addScriptTag({ path: require.resolve("plotly.js-dist/plotly.js") });
  return {
    async look(figure, width) {
      const { data, layout, config } = JSON.parse(JSON.stringify(figure)) as Figure;
      return page.evaluate(lookAt, { data, layout, config, width });
    },
    picture: () => page.locator("#figure").screenshot(),
    close: () => browser.close(),
  };
}

interface Given extends Figure {
  readonly width: number;
}

// Runs in the page.
async function lookAt({ data, layout, config, width }: Given): Promise<Fault[]> {
  interface Plotly {
    newPlot(place: HTMLElement, ...given: unknown[]): Promise<unknown>;
    purge(place: HTMLElement): void;
  }
  interface Point {
    readonly x: number;
    readonly y: number;
  }
  interface Text {
    readonly words: string;
    readonly corners: readonly Point[];
    readonly ofLegend: boolean;
  }
  const place = document.getElementById("figure")!;
  const plotly = (globalThis as unknown as { Plotly: Plotly }).Plotly;
  plotly.purge(place);
  // A figure without a width is as wide as its page; one with a width is so wide everywhere, and its page scrolls.
  place.style.width = `${layout.width ?? width}px`;
  await plotly.newPlot(place, data, layout, { ...config, staticPlot: false });

  // The corners as they are drawn, turned texts too, without the air above and below the letters.
  const cornersOf = (element: SVGGraphicsElement, air: number): Point[] => {
    const box = element.getBBox();
    const to = element.getScreenCTM()!;
    const [left, right, top, bottom] = [box.x + 1, box.x + box.width - 1, box.y + air, box.y + box.height - air];
    return [
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
    ].map(([x, y]) => ({ x: to.a * x! + to.c * y! + to.e, y: to.b * x! + to.d * y! + to.f }));
  };
  // Two convex shapes are apart where the side of one parts them.
  const meet = (one: readonly Point[], other: readonly Point[]): boolean =>
    [one, other].every((shape) =>
      shape.every((corner, index) => {
        const next = shape[(index + 1) % shape.length]!;
        const [nx, ny] = [next.y - corner.y, corner.x - next.x];
        const along = (points: readonly Point[]) => points.map(({ x, y }) => x * nx + y * ny);
        const [a, b] = [along(one), along(other)];
        return Math.max(...a) > Math.min(...b) && Math.max(...b) > Math.min(...a);
      }),
    );
  const isSeen = (element: Element): boolean => {
    const { visibility, display, opacity } = getComputedStyle(element);
    return visibility !== "hidden" && display !== "none" && opacity !== "0";
  };
  // Lines of one text are looked at one by one: they need not be equally long.
  const linesOf = (text: SVGTextElement): SVGGraphicsElement[] => {
    const lines = [...text.querySelectorAll<SVGTSpanElement>("tspan.line")];
    return lines.length === 0 ? [text] : lines;
  };
  const all = [...place.querySelectorAll<SVGTextElement>(".main-svg text")].filter(
    (text) => text.textContent.trim() !== "" && isSeen(text) && text.closest(".hoverlayer, .modebar") === null,
  );
  const texts = all.map((text) => ({
    ofLegend: text.closest(".legend") !== null,
    lines: linesOf(text).map((line): Text => {
      const size = parseFloat(getComputedStyle(line).fontSize);
      // Letters are about as high as 0.7 of their size, in a box of 1.2 of it.
      return {
        words: line.textContent.trim(),
        corners: cornersOf(line, 0.18 * size),
        ofLegend: text.closest(".legend") !== null,
      };
    }),
  }));
  const faults: Fault[] = [];
  texts.forEach((one, index) => {
    for (const other of texts.slice(index + 1))
      for (const a of one.lines)
        for (const b of other.lines) if (meet(a.corners, b.corners)) faults.push(`"${a.words}" lies over "${b.words}"`);
  });
  const frame = place.getBoundingClientRect();
  for (const { words, corners } of texts.flatMap(({ lines }) => lines))
    if (
      corners.some(({ x, y }) => x < frame.left - 1 || x > frame.right + 1 || y < frame.top - 1 || y > frame.bottom + 1)
    )
      faults.push(`"${words}" reaches beyond the edge`);

  const planes = [...place.querySelectorAll<SVGRectElement>(".draglayer .nsewdrag")].map((drag) =>
    drag.getBoundingClientRect(),
  );
  const legend = place.querySelector<SVGGElement>(".legend .bg")?.getBoundingClientRect();
  if (legend !== undefined && legend.width > 0) {
    for (const own of planes) {
      const across = Math.min(legend.right, own.right) - Math.max(legend.left, own.left);
      const down = Math.min(legend.bottom, own.bottom) - Math.max(legend.top, own.top);
      if (across > 2 && down > 2) faults.push("the legend lies over an axis");
    }
    if (legend.right > frame.right + 1) faults.push("the legend reaches beyond the edge");
    const box = [
      { x: legend.left, y: legend.top },
      { x: legend.right, y: legend.top },
      { x: legend.right, y: legend.bottom },
      { x: legend.left, y: legend.bottom },
    ];
    for (const { ofLegend, words, corners } of texts.flatMap(({ lines }) => lines))
      if (!ofLegend && meet(corners, box)) faults.push(`the legend lies over "${words}"`);
    // A legend that does not fit is scrolled, which paper cannot.
    const scroll = place.querySelector<SVGRectElement>(".legend .scrollbar");
    if (scroll !== null && Number(scroll.getAttribute("height")) > 0) faults.push("the legend has to be scrolled");
  }
  for (const own of planes)
    if (own.width < 120 || own.height < 60)
      faults.push(`a plane of ${Math.round(own.width)} × ${Math.round(own.height)} pixels is too small`);

  // The buttons that show while the mouse is over the figure.
  const bar = place.querySelector(".modebar-group, .modebar")?.getBoundingClientRect();
  if (bar !== undefined && bar.width > 0) {
    const shape = [
      { x: bar.left, y: bar.top },
      { x: bar.right, y: bar.top },
      { x: bar.right, y: bar.bottom },
      { x: bar.left, y: bar.bottom },
    ];
    for (const { words, corners } of texts.flatMap(({ lines }) => lines))
      if (meet(corners, shape)) faults.push(`the buttons lie over "${words}"`);
  }

  // Numbers at axes as a paper prints them: four digits that carry meaning at most, and no epoch and a half.
  for (const tick of place.querySelectorAll<SVGTextElement>(".xtick text, .ytick text")) {
    const words = tick.textContent.trim();
    const digits = words.replaceAll(/[^0-9]/g, "").replace(/^0+/, "");
    if (/^[−-]?[\d,.]+[kMGµmn%]?$/.test(words) && words.includes(".") && digits.length > 4)
      faults.push(`"${words}" has too many digits`);
  }
  return [...new Set(faults)];
}
