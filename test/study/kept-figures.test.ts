import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Data } from "plotly.js";

import { makeFigure } from "../../lib/display/figure";
import { captionOf, keepFigures, readFigures } from "../../lib/study/kept-figures";
import { placeIn } from "../../lib/study/layout";
import type { StudyFigure, StudyTable } from "../../lib/study/report/parts";
import { temporaryFolder } from "../helpers/temporary";

const x = Array.from({ length: 400 }, (_, at) => at / 399);
const curve = { type: "scatter", mode: "lines", name: "ENAS", x, y: x.map((one) => one ** 2) } as Partial<Data>;
const points = { type: "scatter", mode: "markers", name: "folds", x: [0.1, 0.30000000000000004], y: [1, 2] };
const figure: StudyFigure = {
  ...{ name: "roc", section: "errors", caption: "Curves." },
  figure: makeFigure([curve, points as Partial<Data>], { title: { text: "ROC" } }),
};
const table: StudyTable = {
  ...{ name: "mine", section: "subgroups", caption: "Of mine" },
  rows: [{ group: "a, b", value: 0.5, none: null }],
};

describe("keepFigures(study, kept) and readFigures(study)", () => {
  const folder = temporaryFolder();

  it("give back names, sections, captions, rows, and every number of what is no curve", () => {
    keepFigures(placeIn(folder.path), { figures: [figure], tables: [table, { ...table, name: "empty", rows: [] }] });
    const read = readFigures(placeIn(folder.path));
    deepEqual(read.tables, [table]);
    const [one] = read.figures;
    deepEqual({ ...one, figure: null }, { ...figure, figure: null });
    deepEqual(one!.figure.data[1], points);
    deepEqual(one!.figure.layout, figure.figure.layout);
  });

  it("keep a curve once, in one file, thinned to what can be seen", () => {
    keepFigures(placeIn(folder.path), { figures: [figure], tables: [] });
    deepEqual(readdirSync(join(folder.path, "figures")), ["roc.json"]);
    const { data } = readFigures(placeIn(folder.path)).figures[0]!.figure;
    const kept = (data[0] as { x: number[] }).x;
    ok(kept.length < x.length / 4);
    ok(kept.every((one) => x.includes(one)));
  });

  it("refuse names that would lead elsewhere, before anything is written", () => {
    for (const name of ["../roc", "ROC", ""]) {
      throws(() => {
        keepFigures(placeIn(folder.path), { figures: [{ ...figure, name }], tables: [] });
      }, /expected lower-case letters/);
      throws(() => {
        keepFigures(placeIn(folder.path), { figures: [], tables: [{ ...table, name }] });
      }, /expected lower-case letters/);
    }
    deepEqual(readdirSync(folder.path), []);
  });

  it("read what versions before 0.2 kept, without section and caption, into the sections of today", () => {
    mkdirSync(join(folder.path, "figures"));
    mkdirSync(join(folder.path, "tables"));
    const old = JSON.stringify(makeFigure([], { title: { text: "Old" } }), null, 1);
    for (const name of ["confusion", "roc", "of-mine"])
      writeFileSync(join(folder.path, "figures", `${name}.json`), old);
    writeFileSync(join(folder.path, "tables", "subgroup-size.csv"), "group,auc\n1,0.5\n");
    const { figures, tables } = readFigures(placeIn(folder.path));
    deepEqual(
      figures.map(({ name, section }) => [name, section]),
      [
        ["confusion", "errors"],
        ["of-mine", "comparison"],
        ["roc", "comparison"],
      ],
    );
    equal(figures[1]!.caption, "Of mine");
    deepEqual(tables, [
      { name: "subgroup-size", section: "subgroups", caption: "Subgroup size", rows: [{ group: 1, auc: 0.5 }] },
    ]);
  });

  it("have nothing where nothing was kept, and name a file that is damaged", () => {
    deepEqual(readFigures(placeIn(folder.path)), { figures: [], tables: [] });
    keepFigures(placeIn(folder.path), { figures: [figure], tables: [table] });
    for (const [name, text] of [
      ["figures/roc.json", '{"data":{}}'],
      ["tables/contents.json", "{"],
    ] as const) {
      const before = readFileSync(join(folder.path, name));
      writeFileSync(join(folder.path, name), text);
      throws(() => readFigures(placeIn(folder.path)), new RegExp(`${name.split("/").at(-1)!} is damaged.*07_compare`));
      writeFileSync(join(folder.path, name), before);
    }
  });
});

describe("captionOf(name, section, caption)", () => {
  it("takes what was kept, and else what figures of that name have", () => {
    deepEqual(captionOf("confusion", "limits", "Mine."), { section: "limits", caption: "Mine." });
    deepEqual(captionOf("confusion"), {
      section: "errors",
      caption: "Right and wrong decisions of the found network on the test images.",
    });
    deepEqual(captionOf("cost").section, "comparison");
  });

  it("puts a name that nobody knows into the comparison, and one of subgroups there; a section that is none counts as none", () => {
    deepEqual(captionOf("of-mine"), { section: "comparison", caption: "Of mine" });
    deepEqual(captionOf("subgroup-size"), { section: "subgroups", caption: "Subgroup size" });
    deepEqual(captionOf("of-mine", "nowhere", 3), { section: "comparison", caption: "Of mine" });
  });
});
