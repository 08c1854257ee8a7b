import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";

import { renderTable } from "../../lib/report/render-table";

const classesOf = (html: string) => [...html.matchAll(/<td(?: class="([^"]*)")?>/g)].map(([, names]) => names ?? "");

describe("renderTable(table)", () => {
  it("sets numbers to the right, with intervals and marks too, and words to the left", () => {
    const values = [12, null, "0.912 [0.871, 0.945] ★", "< 0.001", "+0.012 [−0.004, +0.028]", "0.91 ± 0.02"];
    for (const value of values) {
      const html = renderTable({ kind: "table", caption: "c", rows: [{ value }] });
      ok(classesOf(html)[0]!.includes("number"), String(value));
    }
    for (const value of ["ResNet-18", "1: up to 83 pixels", "2026-11-24 by hand", true]) {
      const html = renderTable({ kind: "table", caption: "c", rows: [{ value }] });
      ok(!classesOf(html)[0]!.includes("number"), String(value));
    }
  });

  it("judges a column as a whole", () => {
    const html = renderTable({ kind: "table", caption: "c", rows: [{ v: 1 }, { v: "reference" }] });
    deepEqual(classesOf(html), ["short", "short"]);
  });

  it("takes the columns of the first row, and writes what is missing as a dash", () => {
    const rows = [{ a: 1, b: 2 }, { a: 3 }] as { a: number; b: number }[];
    const cells = [...renderTable({ kind: "table", caption: "c", rows }).matchAll(/<td[^>]*>([^<]*)</g)];
    deepEqual(
      cells.map(([, text]) => text),
      ["1", "2", "3", "–"],
    );
  });

  it("escapes captions, names of columns, cells and notes", () => {
    const evil = `<img src=x onerror="alert(1)">`;
    const html = renderTable({ kind: "table", caption: evil, rows: [{ [evil]: evil }], note: evil });
    doesNotMatch(html, /<img|onerror="/);
    equal(html.split("&lt;img").length - 1, 6);
  });

  it("folds a long table, and says how many rows it has", () => {
    const rows = (count: number) => Array.from({ length: count }, (_, index) => ({ index }));
    match(renderTable({ kind: "table", caption: "c", rows: rows(21) }), /<details><summary>21 rows<\/summary>/);
    doesNotMatch(renderTable({ kind: "table", caption: "c", rows: rows(20) }), /<details>/);
  });

  it("says so where there are no rows", () => {
    match(renderTable({ kind: "table", caption: "Tests", rows: [] }), /^<p class="small">Tests: no rows\.<\/p>$/);
  });
});
