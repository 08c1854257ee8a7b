import { deepEqual, equal, match } from "node:assert/strict";

import { askedByGuidelines, fillChecklists } from "../../../lib/study/report/checklists";
import { evaluateStudy } from "../../../lib/study/report/evaluated";
import { readMaterial } from "../../../lib/study/report/material";
import { listReportingItems } from "../../../lib/study/report/reporting-items";
import { checkStatements } from "../../../lib/study/report/statements";
import { filledStudy } from "../helpers";

describe("fillChecklists(items)", function () {
  this.timeout(180_000);
  const made = filledStudy();
  const sectionOf = (said: string | null) => {
    const material = readMaterial(made.study);
    const names = Object.keys(checkStatements({}));
    const author = checkStatements(Object.fromEntries(names.map((name) => [name, said])));
    return listReportingItems(made.study, material, evaluateStudy(made.study, material, 100), author);
  };
  const itemsOf = ({ blocks }: ReturnType<typeof sectionOf>) =>
    blocks.flatMap((block) => (block.kind === "items" ? block.items : []));

  it("knows every reporting item that a guideline asks for", () => {
    const names = new Set(itemsOf(sectionOf(null)).map(({ item }) => item));
    deepEqual(
      askedByGuidelines().filter((name) => !names.has(name)),
      [],
    );
  });

  it("lists CLAIM 2024's 44 items, the 52 parts of TRIPOD+AI's 27 and the 48 of STARD-AI's 40 once each, in the report too", () => {
    const lists = fillChecklists(itemsOf(sectionOf(null)));
    deepEqual(
      lists.map(({ guideline, rows }) => [guideline, rows.length, new Set(rows.map(({ item }) => item)).size]),
      [
        ["CLAIM 2024", 44, 44],
        ["TRIPOD+AI", 52, 52],
        ["STARD-AI", 48, 48],
      ],
    );
    const numbersOf = (list: number) => new Set(lists[list]!.rows.map(({ item }) => parseInt(String(item), 10)));
    deepEqual(
      [...numbersOf(1)],
      Array.from({ length: 27 }, (_, index) => index + 1),
    );
    deepEqual(
      [...numbersOf(2)],
      Array.from({ length: 40 }, (_, index) => index + 1),
    );
    const captions = sectionOf(null).blocks.flatMap((block) => (block.kind === "table" ? [block.caption] : []));
    match(
      captions.join("|"),
      /CLAIM 2024, item by item: \d+ of 44 answered\|TRIPOD\+AI, item by item: \d+ of 52 answered\|STARD-AI, item by item/,
    );
  });

  it("answers more where the author says more, and leaves open what nobody said", () => {
    const [open] = fillChecklists(itemsOf(sectionOf(null)));
    const [filled] = fillChecklists(itemsOf(sectionOf("said")));
    equal(filled!.answered > open!.answered, true);
    const of = (number: string) => open!.rows.find(({ item }) => item === number)!;
    deepEqual([of("44").answered, of("44").said], ["no", "Funding: not reported"]);
    match(String(of("11").said), /needs the author/);
    equal(of("20").answered, "yes");
    // Half an answer is none.
    deepEqual([of("3").answered, of("3").said], ["no", "The question; Intended use and users: not reported"]);
  });

  it("has nothing to say of no items", () => {
    for (const { answered, rows } of fillChecklists([])) {
      equal(answered, 0);
      equal(rows.length > 40, true);
    }
  });
});
