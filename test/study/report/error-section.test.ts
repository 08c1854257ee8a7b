import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";

import { describeErrors, describeSubgroups } from "../../../lib/study/report/error-section";
import type { StudyTable } from "../../../lib/study/report/parts";
import { evaluateStudy } from "../../../lib/study/report/evaluated";
import { withKept } from "../../../lib/study/report/kept-blocks";
import { readMaterial } from "../../../lib/study/report/material";
import { filledStudy, noEvaluation, tableNamed, textsOf } from "../helpers";

const none = noEvaluation;

describe("describeSubgroups(study, material, evaluation, replicates)", () => {
  const made = filledStudy();

  it("compares the found network with a hand-crafted one in every group, and says what the set does not state", () => {
    const material = readMaterial(made.study);
    const section = describeSubgroups(made.study, material, evaluateStudy(made.study, material, 100), 100);
    const { rows, note } = tableNamed(section, "By device");
    deepEqual([...new Set(rows.map(({ group }) => group))], ["Phantom A †", "Phantom B †", "Phantom C †"]);
    deepEqual(new Set(rows.map(({ model }) => model)), new Set(["ENAS", "plain CNN"]));
    match(note!, /fewer than 20 patients/);
    match(textsOf(section), /By BI-RADS category: None of the 240 images/);
  });

  it("says per patient how far probabilities and calls hold, of all and in every group", () => {
    const material = readMaterial(made.study);
    const section = describeSubgroups(made.study, material, evaluateStudy(made.study, material, 100), 100);
    for (const title of ["Calibration per patient", "Decisions and net benefit per patient"]) {
      const { rows, note } = tableNamed(section, title);
      deepEqual(rows.slice(0, 2).map(({ group, model }) => [group, model]), [["all patients", "ENAS"], ["all patients", "plain CNN"]]); // prettier-ignore
      const groups = new Set(rows.map(({ group }) => String(group).replace(/[: ].*/, "")));
      deepEqual([...groups], ["all", "device", "size"]);
      match(note!, /patient/);
    }
  });

  it("leaves its place to tables that were kept", () => {
    const material = readMaterial(made.study);
    const table: StudyTable = {
      ...{ name: "subgroup-size", section: "subgroups", caption: "By size" },
      rows: [{ group: "1", accuracy: 0.5 }],
    };
    const kept = { ...material.comparison.value!, tables: [table] };
    const given = { ...material, comparison: { missing: null, value: kept } };
    const section = describeSubgroups(made.study, given, evaluateStudy(made.study, material, 100), 100);
    doesNotMatch(textsOf(section), /By device|^missing/m);
    match(textsOf(withKept([section], kept)[0]!), /^By size \[/m);
  });

  it("says what to run where there are no networks", () => {
    const material = readMaterial(made.study);
    match(textsOf(describeSubgroups(made.study, material, none, 100)), /^missing: .*05_train_the_winner/m);
  });
});

describe("describeErrors(study, evaluation, images)", () => {
  const made = filledStudy();

  it("counts right and wrong decisions, as counted from the predictions", async () => {
    const material = readMaterial(made.study);
    const evaluation = evaluateStudy(made.study, material, 100);
    const section = await describeErrors(made.study, evaluation, 0);
    const [row] = tableNamed(section, "Decisions on the test images").rows;
    const tested = evaluation.models[0]!.predictions.rows.filter(({ part }) => part === "test");
    const count = (label: 0 | 1, called: boolean) =>
      tested.filter((one) => one.label === label && one.probability >= 0.5 === called).length;
    deepEqual(row, {
      ...{ model: "ENAS", seed: 1, "true positives": count(1, true), "false negatives": count(1, false) },
      ...{ "true negatives": count(0, false), "false positives": count(0, true) },
    });
    doesNotMatch(textsOf(section), /^pictures/m);
  });

  it("counts images that all networks get wrong", async () => {
    const material = readMaterial(made.study);
    const evaluation = evaluateStudy(made.study, material, 100);
    const wrong = evaluation.models.map(
      ({ predictions }) =>
        new Set(
          predictions.rows
            .filter(({ part, label, probability }) => part === "test" && (probability >= 0.5 ? 1 : 0) !== label)
            .map(({ id }) => id),
        ),
    );
    const any = new Set(wrong.flatMap((own) => [...own]));
    const all = [...any].filter((id) => wrong.every((own) => own.has(id))).length;
    const said = textsOf(await describeErrors(made.study, evaluation, 0));
    match(
      said,
      new RegExp(`Of 96 test images, ${any.size} are wrong for at least one of the 4 networks and ${all} for`),
    );
  });

  it("shows as many of the worst errors as pictures as are asked for, none of them right", async () => {
    const material = readMaterial(made.study);
    const { blocks } = await describeErrors(made.study, evaluateStudy(made.study, material, 100), 2);
    const block = blocks.find(({ kind }) => kind === "pictures")!;
    if (block.kind !== "pictures") throw new Error("no pictures");
    equal(block.pictures.length, 2);
    for (const { png, caption } of block.pictures) {
      deepEqual([...png.slice(1, 4)], [0x50, 0x4e, 0x47]);
      // As fine as a person wants to see it, however small the network's images are.
      equal(Buffer.from(png).readUInt32BE(16), 256);
      const [, truth, probability] = /truth (\w+) · P\(malignant\) ([\d.]+)/.exec(caption)!;
      equal(Number(probability) >= 0.5, truth === "benign");
    }
  });

  it("says what to run where nothing was tested", async () => {
    match(textsOf(await describeErrors(made.study, none, 3)), /^missing: No network was tested/m);
  });
});
