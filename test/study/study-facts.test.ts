import { deepEqual, equal, throws } from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { decisive } from "../../lib/study/changes";
import { placeIn } from "../../lib/study/layout";
import { smoke } from "../../lib/study/profiles/smoke";
import { keepFacts, readFacts, requireRecorded, type StudyFacts } from "../../lib/study/study-facts";
import { temporaryFolder } from "../helpers/temporary";

const facts: StudyFacts = {
  ...{ settings: decisive(smoke), changes: {}, dataset: "phantom" },
  ...{ dataHash: "d", prepared: "p", sample: null, split: "s", power: null },
};

describe("what a study's folder says of the study", () => {
  const folder = temporaryFolder();
  const study = () => ({ ...placeIn(folder.path), name: "phantom-smoke", settings: smoke });
  const file = () => join(folder.path, "study.json");
  const write = (data: unknown) => {
    writeFileSync(file(), JSON.stringify(data));
  };

  it("is what was kept", () => {
    equal(readFacts(study()), null);
    keepFacts(study(), facts, 5);
    deepEqual(readFacts(study()), JSON.parse(JSON.stringify(facts)));
    keepFacts(study(), facts, 5);
  });

  it("is never changed: each thing that is another is named", () => {
    keepFacts(study(), facts, 5);
    const before = readFileSync(file(), "utf8");
    for (const [key, value, expected] of [
      ["dataHash", "e", /other images: files of the data set have changed/],
      ["prepared", "e", /images that were prepared otherwise/],
      ["sample", "e", /another sample/],
      ["split", "e", /another split/],
      ["dataset", "e", /another data set/],
      ["settings", { ...facts.settings, controls: 3 }, /other settings: controls is 1 there and 3 here/],
    ] as const) {
      throws(() => {
        keepFacts(study(), { ...facts, [key]: value }, 5);
      }, expected);
    }
    equal(readFileSync(file(), "utf8"), before);
  });

  it("is the same where a default is written out", () => {
    keepFacts(study(), facts, 5);
    const training = { ...facts.settings.training, mixup: 0 };
    keepFacts(study(), { ...facts, settings: { ...facts.settings, training } }, 5);
  });

  it("is read of an older version, which kept neither changes nor split and had folds that are not there", () => {
    const { allowGroupsAcrossParts: _, ...settings } = facts.settings;
    const { changes: _c, split: _s, ...old } = { ...facts, settings: { ...settings, allowTornGroups: "published" } };
    write(old);
    const read = readFacts(study())!;
    equal(read.settings.allowGroupsAcrossParts, "published");
    deepEqual([read.changes, read.split], [{}, null]);
    const now = { ...facts, settings: { ...facts.settings, allowGroupsAcrossParts: "published", folds: [1] } };
    keepFacts(study(), now, 1);
    throws(() => {
      keepFacts(study(), now, 5);
    }, /other settings: folds/);
  });

  it("is refused where it is damaged or of a newer version", () => {
    writeFileSync(file(), "{");
    throws(() => readFacts(study()), /study\.json is damaged/);
    write({ ...facts, settings: { ...facts.settings, search: { ...smoke.search, seedz: 1 } } });
    throws(() => readFacts(study()), /settings that this version does not know: .*search\.seedz/);
  });

  it("must be what is computed with: settings that were changed since are refused", () => {
    throws(() => {
      requireRecorded(study());
    }, /says nothing of what the study is set to/);
    keepFacts(study(), facts, 5);
    requireRecorded(study());
    requireRecorded({ ...study(), settings: { ...smoke, workers: 7 } });
    throws(() => {
      requireRecorded({ ...study(), settings: { ...smoke, seeds: [1, 2] } });
    }, /changed after the study was opened.*seeds\[1\].*Open the study with these settings/s);
    equal(existsSync(join(folder.path, "search")), false);
  });
});
