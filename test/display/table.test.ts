import { deepEqual, equal, match, throws } from "node:assert/strict";

import * as danfo from "danfojs-node";

import { formatCell, formatColumn, showTable } from "../../lib/display/table";
import { captureBundles } from "../helpers/capture";

describe("formatCell(value, digits)", () => {
  it("keeps the digits that carry meaning, also in small numbers", () => {
    deepEqual(
      [0.00012345678, 12.3456789, 1234.5678, -0.5].map((value) => formatCell(value)),
      ["0.0001235", "12.35", "1235", "−0.5"],
    );
  });

  it("writes whole numbers in full", () => {
    deepEqual(
      [0, 524, 9999, 1234567].map((value) => formatCell(value)),
      ["0", "524", "9999", "1,234,567"],
    );
  });

  it("never writes a missing value as a number", () => {
    deepEqual(
      [null, undefined, NaN, Infinity].map((value) => formatCell(value)),
      ["–", "–", "not a number", "∞"],
    );
  });
});

describe("formatColumn(values, digits)", () => {
  it("gives fractions equally many digits behind the point, and leaves whole numbers and texts", () => {
    deepEqual(formatColumn([0.713, 0.8222, 1, null, "0.5"]), ["0.7130", "0.8222", "1", "–", "0.5"]);
    deepEqual(formatColumn([1.25, -0.5]), ["1.25", "−0.50"]);
    deepEqual(formatColumn([5, 12]), ["5", "12"]);
  });

  it("adds no digits that mean nothing beside a small or a large number", () => {
    deepEqual(formatColumn([12.345, 0.5]), ["12.35", "0.5"]);
    deepEqual(formatColumn([0.00012345, 0.5]), ["0.0001234", "0.5"]);
    deepEqual(formatColumn([1e-9, 0.5]), ["1e-9", "0.5"]);
  });
});

describe("showTable(table, options)", () => {
  const shown = captureBundles();

  it("shows a danfo data frame", () => {
    showTable(new danfo.DataFrame([{ model: "VGG-16", accuracy: 0.8125 }]));
    equal(shown.last()["text/plain"], "model   accuracy\nVGG-16    0.8125");
    match(shown.last()["text/html"] as string, /<th scope="col"[^>]*>model<\/th>.*<td[^>]*>VGG-16<\/td>/);
  });

  it("shows rows, numbers to the right, with a caption", () => {
    showTable(
      [
        { n: 5, name: "a" },
        { n: 12, name: null },
      ],
      { caption: "Counts" },
    );
    equal(shown.last()["text/plain"], "Counts\n n  name\n 5  a\n12  –");
    match(shown.last()["text/html"] as string, /text-align:right.*text-align:left/);
  });

  it("says how many rows it leaves out", () => {
    showTable(
      Array.from({ length: 9 }, (_, row) => ({ row })),
      { rows: 2 },
    );
    match(shown.last()["text/html"] as string, /and 7 more rows/);
  });

  it("shows text as text, never as HTML", () => {
    showTable([{ name: `<script>alert("1")</script>` }], { caption: "<b>" });
    match(shown.last()["text/html"] as string, /&lt;script&gt;alert\(&quot;1&quot;\)/);
    equal(/<script|<b>/.test(shown.last()["text/html"] as string), false);
  });

  it("refuses an option that is none", () => {
    throws(() => {
      showTable([], { captoin: "x" } as never);
    }, /Did you mean "caption"/);
  });
});
