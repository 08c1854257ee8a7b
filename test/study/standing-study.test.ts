import { deepEqual, equal, match, throws } from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { listStudies, readStanding, whyApart } from "../../lib/study/standing-study";
import { temporaryFolder } from "../helpers/temporary";
import { filledStudy } from "./helpers";

describe("readStanding(folder), listStudies(root) and whyApart(one, other)", () => {
  const made = filledStudy();
  const folder = temporaryFolder();
  const keepFacts = () => {
    const { settings } = made.study;
    writeFileSync(made.study.path("study.json"), JSON.stringify({ settings, dataHash: "a", sample: null }));
  };

  it("read a study from its folder alone, and list it", () => {
    keepFacts();
    const { models, rows, images, settings } = readStanding(made.study.path());
    deepEqual(
      models.map(({ model }) => model.name),
      ["ENAS", "random 1", "plain CNN", "CNN3"],
    );
    deepEqual([rows.length, images, settings.profile], [4, { dataHash: "a", sample: null }, "smoke"]);
    equal(listStudies(dirname(made.study.path())).includes(made.study.path()), true);
    deepEqual(listStudies(join(folder.path, "nowhere")), []);
  });

  it("say why two studies cannot be laid side by side", () => {
    keepFacts();
    const one = { ...readStanding(made.study.path()), name: "one" };
    const other = (images: object) => whyApart(one, { ...one, name: "other", images: { ...one.images, ...images } });
    equal(other({}), null);
    match(other({ dataHash: "b" })!, /^other cannot be compared with one: it is of other images/);
    match(other({ sample: "524 images" })!, /another sample/);
    const models = one.models.map((model) => ({
      ...model,
      predictions: { ...model.predictions, rows: model.predictions.rows.filter(({ fold }) => fold === "fold 1") },
    }));
    match(whyApart(one, { ...one, name: "other", models })!, /tests 48 images and the other 96, 48 of them/);
  });

  it("refuse a folder that is no study, and one of which nothing is tested", () => {
    throws(() => readStanding(folder.path), /has no study\.json/);
    mkdirSync(join(folder.path, "apart"));
    writeFileSync(join(folder.path, "apart", "study.json"), JSON.stringify({ settings: made.study.settings }));
    throws(() => readStanding(join(folder.path, "apart")), /apart has no network that is tested on all its folds/);
  });
});
