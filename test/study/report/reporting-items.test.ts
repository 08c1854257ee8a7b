import { deepEqual, equal, match, ok } from "node:assert/strict";

import { evaluateStudy } from "../../../lib/study/report/evaluated";
import { readMaterial } from "../../../lib/study/report/material";
import { listReportingItems } from "../../../lib/study/report/reporting-items";
import { checkStatements } from "../../../lib/study/report/statements";
import type { ReportSection } from "../../../lib/report/report-contents";
import { temporaryFolder } from "../../helpers/temporary";
import { filledStudy, noEvaluation, smokeStudy, textsOf } from "../helpers";

const itemsOf = ({ blocks }: ReportSection) => blocks.flatMap((block) => (block.kind === "items" ? block.items : []));

describe("listReportingItems(study, material, evaluation, author)", () => {
  const made = filledStudy();
  const folder = temporaryFolder();

  it("leaves open what only an author can say, and of a whole study nothing else", () => {
    const material = readMaterial(made.study);
    const section = listReportingItems(
      made.study,
      material,
      evaluateStudy(made.study, material, 100),
      checkStatements({}),
    );
    const items = itemsOf(section);
    for (const { item, said, by } of items) equal(said === null, by === "author", item);
    match(
      textsOf(section),
      new RegExp(`${items.filter(({ said }) => said !== null).length} of ${items.length} filled`),
    );
    equal(new Set(items.map(({ item }) => item)).size, items.length);
  });

  it("takes every statement of the author", () => {
    const material = readMaterial(made.study);
    const names = Object.keys(checkStatements({}));
    const author = checkStatements(Object.fromEntries(names.map((name) => [name, `said of ${name}`])));
    const items = itemsOf(listReportingItems(made.study, material, evaluateStudy(made.study, material, 100), author));
    deepEqual(
      names.filter((name) => !items.some(({ said }) => said === `said of ${name}`)),
      [],
    );
  });

  it("fills less where less was done", async () => {
    const study = await smokeStudy(folder.path);
    const none = noEvaluation;
    const items = itemsOf(listReportingItems(study, readMaterial(study), none, checkStatements({})));
    const open = items.filter(({ said, by }) => said === null && by === "programme").map(({ item }) => item);
    for (const item of ["Summary", "How the architecture came about", "Performance with intervals", "Costs"])
      ok(open.includes(item), item);
  });
});
