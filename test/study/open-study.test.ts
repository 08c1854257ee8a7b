import { deepEqual, equal, notEqual, ok, rejects } from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { generatePhantoms } from "../../lib/data/phantom/phantom";
import { preparations } from "../../lib/data/prepare/presets";
import { createRandom } from "../../lib/runtime/random";
import { chooseStudy, openStudy, preparationOf, type Study } from "../../lib/study/open-study";
import type { ProfileName } from "../../lib/study/study-settings";
import { captureBundles } from "../helpers/capture";
import { writePicture } from "../helpers/pictures";
import { temporaryFolder } from "../helpers/temporary";
import { smokeStudy } from "./helpers";

/** Sets variables of the environment for a group of tests, and puts the old values back. */
function withVariables(values: () => Record<string, string | undefined>): void {
  let before: Record<string, string | undefined> = {};
  const set = (name: string, value: string | undefined) => {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  };
  beforeEach(() => {
    const wanted = values();
    before = Object.fromEntries(Object.keys(wanted).map((name) => [name, process.env[name]]));
    for (const [name, value] of Object.entries(wanted)) set(name, value);
  });
  afterEach(() => {
    for (const [name, value] of Object.entries(before)) set(name, value);
  });
}

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
    withVariables(() => ({ SONONAS_DATA: folder.path }));
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
      const { settings, dataset } = readFacts() as { settings: object; dataset: string };
      equal(dataset, "mine");
      for (const key of ["training", "seeds", "search", "folds"]) ok(key in settings, key);
      for (const key of ["workers", "purpose"]) ok(!(key in settings), key);
    });

    it("refuses a folder with results of other settings, and leaves it as it is", async () => {
      await open();
      const facts = readFacts() as { settings: { seeds: number[] } };
      writeFileSync(file(), JSON.stringify({ ...facts, settings: { ...facts.settings, seeds: [1, 2] } }));
      const before = readFileSync(file(), "utf8");
      await rejects(open(), /mine-smoke holds results of other settings of the profile\..*Move the folder away/s);
      equal(readFileSync(file(), "utf8"), before);
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

describe("chooseStudy(settings)", () => {
  const own = { profile: "smoke", dataset: "phantom" } as const;

  describe("where no command has named one", () => {
    withVariables(() => ({ SONONAS_PROFILE: undefined, SONONAS_DATASET: "" }));

    it("takes what stands in the notebook", () => {
      deepEqual(chooseStudy(own), own);
    });
  });

  describe("where a command has named one", () => {
    withVariables(() => ({ SONONAS_PROFILE: "quick", SONONAS_DATASET: "bus-bra" }));

    it("takes that", () => {
      deepEqual(chooseStudy(own), { profile: "quick", dataset: "bus-bra" });
    });
  });
});

describe("preparationOf(settings, records)", () => {
  const record = (masks: number) => ({ masks: Array.from({ length: masks }) }) as unknown as Study["records"][number];
  const settings = { preparation: { size: 48 } };

  it("crops around the lesion where all images have masks, else takes them whole, at the size of the settings", () => {
    deepEqual(preparationOf(settings, [record(1), record(2)]), { ...preparations.squareContext, size: 48 });
    deepEqual(preparationOf(settings, [record(1), record(0)]), { ...preparations.wholeImage, size: 48 });
  });
});
