import { deepEqual, equal, match } from "node:assert/strict";

import { parse } from "papaparse";

import { footOf, writeTable } from "../../lib/apply/applied-table";
import { rowOf } from "../../lib/apply/applied-row";
import { exampleCard } from "../release/example";

describe("writeTable(rows, card)", () => {
  const card = exampleCard();

  it("writes a row a file, and below all that it is no medical device", () => {
    const text = writeTable(
      [
        rowOf("a.png", { fate: "predicted", probability: 1 / 3, label: "benign", warnings: ["One.", "Two, three."] }),
        rowOf("b.png", { fate: "refused", reason: 'It is "damaged".' }),
      ],
      card,
    );
    const { data } = parse<Record<string, string>>(text.trim(), { header: true });
    equal(data.length, 3);
    deepEqual([data[0]!.probability, data[0]!.label, data[0]!.warnings], ["0.333333", "benign", "One. Two, three."]);
    deepEqual([data[1]!.probability, data[1]!.reason], ["", 'It is "damaged".']);
    equal(data[2]!.fate, "note");
    match(data[2]!.warnings!, /Research software, not a medical device/);
  });

  it("lets no spreadsheet run what a file's name says", () => {
    const rows = [rowOf('=HYPERLINK("http://x")', { fate: "refused", reason: "@sum" })];
    const [, cells] = parse<string[]>(writeTable(rows, card)).data;
    equal(cells![0], `'=HYPERLINK("http://x")`);
    equal(cells![6], "'@sum");
  });
});

describe("footOf(card)", () => {
  it("names the release and its threshold, and says whether devices are known", () => {
    const card = exampleCard({ threshold: 0.123456789 });
    match(
      footOf(card),
      /^Example 1\.0\.0, malignant from a probability of 0\.1235 on \(fixed before\)\. The release does not/,
    );
    const known = { ...card, data: { ...card.data, devices: ["A"] } };
    equal(footOf(known).includes("does not say"), false);
  });
});
