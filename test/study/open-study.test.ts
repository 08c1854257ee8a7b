import { deepEqual, equal, notEqual, ok, rejects } from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { generatePhantoms } from "../../lib/data/phantom/phantom";
import { preparations } from "../../lib/data/prepare/presets";
import { readSplit, writeSplit } from "../../lib/data/split/split-file";
import { createRandom } from "../../lib/runtime/random";
import type { StudyChanges } from "../../lib/study/changes";
import { chooseStudy } from "../../lib/study/chosen-study";
import { openStudy, type Study } from "../../lib/study/open-study";
import type { StudyFacts } from "../../lib/study/study-facts";
import type { ProfileName } from "../../lib/study/study-settings";
import { captureBundles } from "../helpers/capture";
import { writePicture } from "../helpers/pictures";
import { temporaryFolder } from "../helpers/temporary";
import { smokeStudy, unchosen, withVariables } from "./helpers";

/** Writes 40 small phantoms of patients as a set of the user's own, called "mine", without masks. */
function writeOwnSet(root: string): void {
  const phantoms = generatePhantoms({
    ...{ count: 40, size: 32, malignant: 0.5, difficulty: 0.1, random: createRandom(5) },
  });
  const rows = phantoms.map(({ pixels, label, size, patient }, index) => {
    const name = `image${String(index).padStart(2, "0")}.png`;
    mkdirSync(join(root, "mine", label), { recursive: true });
    writePicture(join(root, "mine", label, name), (column, row) => Math.round(255 * pixels[row * size + column]!), {
      width: size,
      height: size,
    });
    return `${name},${patient}`;
  });
  writeFileSync(join(root, "mine", "images.csv"), ["image,patient", ...rows, ""].join("\n"));
}

describe("openStudy(choice, root)", () => {
  const folder = temporaryFolder();
  captureBundles();

  describe("of the phantoms", () => {
    let study: Study;
    beforeEach(async () => {
      study = await smokeStudy(folder.path);
    });

    it("has a folder of its own in the results, by data set and profile", () => {
      equal(study.name, "phantom-smoke");
      equal(study.path("validation", "found"), join(folder.path, "validation", "found"));
    });

    it("has records, inspections and prepared images of the same images, each in the split once as a test image", () => {
      const ids = study.records.map(({ id }) => id);
      equal(ids.length, 240);
      equal(study.inspections.length, ids.length);
      deepEqual([...study.prepared.ids].sort(), [...ids].sort());
      deepEqual(study.split.folds.flatMap(({ test }) => test).sort(), [...ids].sort());
      equal(study.prepared.size, 32);
      equal(study.sample, null);
    });

    it("searches on the training part of one fold alone: no image that the fold tests, and no patient of one", () => {
      const { train, searchValidation, prepared } = study.searchImages();
      const [fold] = study.split.folds;
      equal(study.searchFold.name, fold!.name);
      ok(train.length > 50 && searchValidation.length > 10 && fold!.test.length > 10);
      const patientOf = new Map(study.records.map(({ id, patient }) => [id, patient!]));
      const tested = new Set(fold!.test);
      const patients = new Set(fold!.test.map((id) => patientOf.get(id)!));
      const learned = new Set(train);
      for (const id of [...train, ...searchValidation]) {
        ok(!tested.has(id), `${id} is tested`);
        ok(!patients.has(patientOf.get(id)!), `the patient of ${id} is tested`);
      }
      ok(searchValidation.every((id) => !learned.has(id)));
      const known = new Set(prepared.ids);
      ok([...train, ...searchValidation].every((id) => known.has(id)));
    });
  });

  describe("of images of one's own", () => {
    withVariables(() => ({ SONONAS_DATA: folder.path, ...unchosen }));
    const results = () => join(folder.path, "results");
    const open = (profile: ProfileName = "smoke") => openStudy({ profile, dataset: "mine" }, results());
    const file = () => join(results(), "mine-smoke", "study.json");
    const readFacts = () => JSON.parse(readFileSync(file(), "utf8")) as Record<string, unknown>;
    beforeEach(() => {
      writeOwnSet(folder.path);
    });

    it("opens again what it has opened, as it was", async () => {
      const first = await open();
      const written = readFileSync(file(), "utf8");
      const again = await open();
      equal(readFileSync(file(), "utf8"), written);
      deepEqual(again.split, first.split);
      deepEqual(again.prepared.pixels, first.prepared.pixels);
    });

    it("takes images without masks whole", async () => {
      const { prepared } = await open();
      deepEqual(prepared.configuration.region, preparations.wholeImage.region);
    });

    it("searches on smaller images where its profile says so", async () => {
      const study = await open("overnight");
      equal(study.prepared.size, 64);
      const { prepared } = study.searchImages();
      equal(prepared.size, 32);
      deepEqual(prepared.ids, study.prepared.ids);
    });

    it("keeps what its results depend on, and nothing that they do not", async () => {
      await open();
      const { settings, dataset, changes } = readFacts() as { settings: object; dataset: string; changes: object };
      equal(dataset, "mine");
      deepEqual(changes, {});
      for (const key of ["training", "seeds", "search", "folds"]) ok(key in settings, key);
      for (const key of ["workers", "purpose"]) ok(!(key in settings), key);
    });

    it("refuses a folder with results of other settings, and leaves it as it is", async () => {
      await open();
      const facts = readFacts() as { settings: { seeds: number[] } };
      writeFileSync(file(), JSON.stringify({ ...facts, settings: { ...facts.settings, seeds: [1, 2] } }));
      const before = readFileSync(file(), "utf8");
      await rejects(
        open(),
        /mine-smoke holds results of other settings: seeds\[1\] is 2 there and missing here\..*Move the folder away/s,
      );
      equal(readFileSync(file(), "utf8"), before);
    });

    it("keeps its split, and gives that one again", async () => {
      const { split, dataHash } = await open();
      const kept = join(results(), "mine-smoke", "split.json");
      deepEqual(readSplit(kept, { dataHash }), split);
      rmSync(kept);
      deepEqual((await open()).split, split);
      deepEqual(readSplit(kept, { dataHash }), split, "it is written again");
    });

    it("refuses another split than the one that its folder is of", async () => {
      const { split } = await open();
      const [first, ...rest] = split.folds;
      const [moved, ...train] = first!.train;
      const other = { ...first!, train, validation: [...first!.validation, moved!] };
      writeSplit(join(results(), "mine-smoke", "split.json"), { ...split, folds: [other, ...rest] });
      await rejects(open(), /mine-smoke holds results of .*another split/);
    });

    it("has a folder of its own for changes, which says what they are", async () => {
      await open();
      const changes = { search: { fold: 2, options: { epochs: 2 } }, folds: [2] };
      const study = await openStudy({ profile: "smoke", dataset: "mine", changes }, results());
      ok(/^mine-smoke\+[0-9a-f]{8}$/.test(study.name), study.name);
      const facts = JSON.parse(readFileSync(study.path("study.json"), "utf8")) as StudyFacts;
      deepEqual(facts.changes, changes);
      equal(facts.settings.search.options.epochs, 2);
      equal(study.searchFold.name, study.split.folds[1]!.name);
      deepEqual((await openStudy(study, results())).split, study.split);
    });

    it("refuses folds that are not there, in a sentence, and writes nothing", async () => {
      const asked = (changes: StudyChanges) => openStudy({ profile: "smoke", dataset: "mine", changes }, results());
      await rejects(asked({ search: { fold: 6 } }), /The study has search\.fold: 6, expected 1 to 5, "/);
      await rejects(asked({ folds: [2, 7] }), /The study has folds: 7, expected 1 to 5/);
      ok(!existsSync(results()));
    });

    it("opens the study that was chosen for all notebooks, where none is named", async () => {
      chooseStudy({ profile: "smoke", dataset: "mine", changes: { controls: 0 } }, results());
      const study = await openStudy(null, results());
      equal(study.dataset, "mine");
      equal(study.settings.controls, 0);
    });

    it("opens a folder of an older version, and leaves what it says as it is", async () => {
      const { settings } = await open();
      const { dataHash, prepared, sample, dataset } = readFacts();
      const { allowGroupsAcrossParts: allowTornGroups, purpose: _p, workers: _w, ...others } = settings;
      const old = { settings: { ...others, allowTornGroups }, dataset, dataHash, prepared, sample };
      writeFileSync(file(), JSON.stringify(old));
      rmSync(join(results(), "mine-smoke", "split.json"));
      await open();
      deepEqual(readFacts(), JSON.parse(JSON.stringify(old)));
      ok(existsSync(join(results(), "mine-smoke", "split.json")));
    });

    it("refuses a folder of a newer version, in a sentence", async () => {
      await open();
      const facts = readFacts() as { settings: object };
      writeFileSync(file(), JSON.stringify({ ...facts, settings: { ...facts.settings, quantum: true } }));
      await rejects(open(), /settings that this version does not know: .*"quantum".*Update SonoNAS/);
    });

    it("refuses a folder with results of other images", async () => {
      const { dataHash } = await open();
      const size = { width: 32, height: 32 };
      writePicture(join(folder.path, "mine", "benign", "added.png"), (column, row) => (7 * column + row) % 256, size);
      const table = join(folder.path, "mine", "images.csv");
      writeFileSync(table, `${readFileSync(table, "utf8")}added.png,another\n`);
      await rejects(open(), /other images: files of the data set have changed/);
      notEqual(readFacts().dataHash, undefined);
      equal(readFacts().dataHash, dataHash);
    });

    it("refuses a file of facts that is damaged, in a sentence", async () => {
      await open();
      writeFileSync(file(), "{");
      await rejects(open(), /study\.json is damaged/);
    });

    it("makes no folder for a profile or a data set that there is not", async () => {
      await rejects(open("smok" as ProfileName), /There is no profile "smok"/);
      await rejects(openStudy({ profile: "smoke", dataset: "my-set" }, results()), /my-set/);
      ok(!existsSync(results()));
    });
  });
});
