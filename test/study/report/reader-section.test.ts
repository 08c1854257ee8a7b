import { equal, match } from "node:assert/strict";

import { evaluateStudy } from "../../../lib/study/report/evaluated";
import { readMaterial } from "../../../lib/study/report/material";
import { describeReader } from "../../../lib/study/report/reader-section";
import { filledStudy, textsOf } from "../helpers";

describe("describeReader(study, evaluation, replicates)", () => {
  const made = filledStudy();

  it("says that there is no reader where the set records no category", () => {
    const records = made.study.records.map(({ birads: _, ...record }) => record);
    const { blocks } = describeReader({ records }, { models: [] }, 100);
    equal(blocks.length, 1);
    match(JSON.stringify(blocks), /records no BI-RADS category/);
  });

  it("holds every network against the recorded categories, and says what the reader saw", () => {
    const records = made.study.records.map((record, index) => ({
      ...record,
      birads: String(record.label === "malignant" ? 4 + (index % 2) : 2 + (index % 3)),
    }));
    const { models } = evaluateStudy(made.study, readMaterial(made.study), 100);
    const section = describeReader({ records }, { models }, 100);
    match(textsOf(section), /The reader saw the whole picture/);
    const tables = section.blocks.flatMap((block) => (block.kind === "table" ? [block.rows] : []));
    equal(tables.length, 3);
    equal(tables[0]!.length, 1 + models.length);
    equal(tables[1]!.length, 3 * (1 + models.length));
  });

  it("says what to run where nothing was tested, and why where too few categories are there", () => {
    const records = made.study.records.map((record) => ({ ...record, birads: "4a" }));
    match(textsOf(describeReader({ records }, { models: [] }, 100)), /^missing: .*05_train_the_winner/m);
    const few = records.map((record, index) => (index === 0 ? record : { ...record, birads: "6" }));
    const { models } = evaluateStudy(made.study, readMaterial(made.study), 100);
    match(textsOf(describeReader({ records: few }, { models }, 100)), /^missing: .*too few for a reader/m);
  });
});
