import { deepEqual, ok } from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Figure } from "../../lib/display/figure";
import { projectRoot } from "../../lib/runtime/environment";
import { findBrowser } from "../../setup/machine/find-browser.cjs";
import { skip } from "../helpers/skip";
import { everyFigure } from "./every-figure/figures";
import { openFigurePage, type FigurePage } from "./every-figure/look";

/** A report on a telephone, the telephone itself, a notebook beside a list of files, a large screen. */
const widths = [358, 390, 1024, 1440];

describe("every figure of the library", function () {
  this.timeout(120_000);
  let page: FigurePage | undefined;

  before(async function () {
    const browser = findBrowser();
    if (browser === null) return skip(this, "no Chromium is installed: sudo apt install chromium");
    page = await openFigurePage(browser);
  });

  after(() => page?.close());

  it("is among those that are drawn here", () => {
    const lib = join(projectRoot, "lib");
    const files = readdirSync(lib, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
    // From its name to the first type that it gives: options have defaults of braces.
    const found = files.flatMap((file) =>
      [...readFileSync(join(lib, file), "utf8").matchAll(/^export function (draw\w+)\(.*?\): ([^{]+) \{$/gms)]
        .filter(([, , type]) => /^Figure( \| null)?$/.test(type!))
        .map(([, name]) => name!),
    );
    ok(found.length > 15);
    deepEqual(found.sort(), Object.keys(everyFigure).sort());
  });

  for (const [name, cases] of Object.entries(everyFigure)) {
    it(`has no text over another, and its legend beside the plane, at ${widths.join(", ")} pixels: ${name}`, async () => {
      const faults: string[] = [];
      for (const [which, draw] of Object.entries(cases)) {
        const figure = draw();
        for (const width of widths)
          for (const fault of await page!.look(figure, width)) faults.push(`${which}, ${width} pixels: ${fault}`);
      }
      deepEqual(faults, []);
    });
  }

  it("would be found where its texts lie over each other, beyond the edge or over the legend", async () => {
    const trace = { type: "scatter" as const, x: [1, 2], y: [3, 4] };
    const bad = (layout: Figure["layout"], data: Figure["data"] = [trace]) =>
      page!.look({ data, layout: { width: 400, height: 300, ...layout }, config: {} }, 400);
    const note = { x: 1.5, y: 3.5, showarrow: false };
    const cases: [Promise<string[]>, RegExp][] = [
      [
        bad({ annotations: ["one note", "another"].map((text) => ({ ...note, text })) }),
        /"one note" lies over "another"/,
      ],
      [
        bad({ title: { text: "a title that goes on and on, far beyond the edge of its page" } }),
        /reaches beyond the edge/,
      ],
      [
        bad({ legend: { x: 0.2, y: 0.5 }, showlegend: true }, [{ ...trace, name: "one" }]),
        /the legend lies over an axis/,
      ],
      [
        bad(
          { legend: { x: 0, y: -0.1, yanchor: "top" }, showlegend: true, xaxis: { title: { text: "an axis" } } },
          [1, 2, 3].map((place) => ({ ...trace, name: `trace ${place}` })),
        ),
        /the legend lies over/,
      ],
      [bad({}, [{ ...trace, y: [32.02345, 32.02346] }]), /too many digits/],
      [bad({ margin: { l: 320 } }), /is too small/],
    ];
    // One page draws them one after the other.
    for (const [looked, expected] of cases)
      ok(
        (await looked).some((fault) => expected.test(fault)),
        String(expected),
      );
    deepEqual(await bad({ title: { text: "short" }, xaxis: { title: { text: "an axis" } } }), []);
  });
});
