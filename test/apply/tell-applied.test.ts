import { equal, match } from "node:assert/strict";

import { rowOf } from "../../lib/apply/applied-row";
import { summariseApplied, tellApplied } from "../../lib/apply/tell-applied";
import { captureBundles, captureOutput } from "../helpers/capture";
import { exampleCard } from "../release/example";

const rows = [
  rowOf("a.png", { fate: "predicted", probability: 0.9, label: "malignant", warnings: ["It is dark."] }),
  rowOf("b.dcm", { fate: "predicted", part: "frame 2", probability: 0.1, label: "benign" }),
  rowOf("c\u001b[31m<b>.png", { fate: "refused", reason: "It is damaged." }),
  rowOf("a_mask.png", { fate: "mask", reason: "of a.png" }),
];
const applied = {
  card: exampleCard(),
  folder: "/out",
  rows,
  remarks: ["boxes.csv, row 7: there is no image."],
  before: 0,
};

describe("summariseApplied(applied)", () => {
  it("says in one line what was done", () => {
    equal(
      summariseApplied(applied),
      "2 images predicted by Example 1.0.0: 1 malignant, 1 benign; 1 with warnings; other files: 1 refused, 1 mask; table and heat maps in /out.",
    );
    match(summariseApplied({ ...applied, before: 3 }), /; 3 files were done before; /);
  });
});

describe("summariseApplied(applied) where a finder was at work", () => {
  it("says how many lesions were found, were unsure, stood beside others, and in how many pictures nothing was found", () => {
    const one = { fate: "predicted", probability: 0.2, label: "benign", outline: "outlines/x.png" } as const;
    const found = [
      rowOf("d.png", { ...one, lesion: "found", expectedDice: 0.95 }),
      rowOf("e.png", { ...one, lesion: "unsure", expectedDice: 0.5, others: 2 }),
      rowOf("f.png", { ...one, lesion: "given", outline: "" }),
      rowOf("g.png", { fate: "refused", lesion: "nothing found", reason: "No lesion was found." }),
    ];
    match(
      summariseApplied({ ...applied, rows: [...rows, ...found] }),
      /; lesions: 1 given, 2 found by the finder \(unsure of 1, several parts in 1\), nothing found in 1; /,
    );
  });
});

describe("tellApplied(applied)", () => {
  it("tells in a terminal of every file, of what was noticed, and that it is no medical device", async () => {
    const said = await captureOutput(() => {
      tellApplied(applied);
    });
    for (const part of [
      /a\.png +0\.9 +malignant +It is dark\./,
      /b\.dcm, frame 2/,
      /It is damaged\./,
      /a_mask\.png +mask/,
    ])
      match(said, part);
    match(said, /row 7: there is no image/);
    match(said, /Research software, not a medical device/);
    equal(said.includes("\u001b"), false);
  });

  describe("in a notebook", () => {
    const shown = captureBundles();

    it("makes no page of a file's name", () => {
      tellApplied(applied);
      const pages = shown.all().map((bundle) => bundle["text/html"] as string);
      equal(pages.length, 4);
      equal(pages.join("").includes("<b>"), false);
      match(pages.at(-1)!, /not a medical device/);
    });
  });
});
