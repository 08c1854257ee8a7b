import { deepEqual, equal, match, throws } from "node:assert/strict";

import { preparations } from "../../lib/data/prepare/presets";
import type { ImageRecord } from "../../lib/data/records/record";
import type { LoadedSet } from "../../lib/data/sets/load";
import { chooseImages, preparationOf } from "../../lib/study/choose-images";
import { smoke } from "../../lib/study/profiles/smoke";
import type { StudySettings } from "../../lib/study/study-settings";

const file = { kind: "file", path: "x" } as const;
const images = (count: number, more: Partial<ImageRecord>): ImageRecord[] =>
  Array.from({ length: count }, () => ({ id: "", image: file, masks: [], label: "benign", patient: "P", ...more }));
const load = (...groups: ImageRecord[][]): LoadedSet => {
  const records = groups.flat().map((record, index) => ({ ...record, id: `image ${index + 1}` }));
  const seen = { width: 800, height: 600 };
  return {
    ...{ records, leftOut: [], findings: [], folds: [], dataHash: "", folder: "" },
    inspections: records.map(({ id }) => ({ id, seen, findings: [] })),
    set: { title: "Mine" },
  } as unknown as LoadedSet;
};
const choose = (loaded: LoadedSet, more: Partial<StudySettings> = {}) => chooseImages(loaded, { ...smoke, ...more });
const masked = { masks: [file] };

describe("chooseImages(loaded, settings)", () => {
  it("leaves out single images without a mask, names the first, and crops the others", () => {
    const { records, notices, withoutLesion } = choose(
      load(images(5, masked), images(1, {}), images(2, { box: { left: 0, top: 0, width: 9, height: 9 } })),
    );
    deepEqual([records.length, withoutLesion], [7, 1]);
    deepEqual(notices, [
      "1 of 8 images have neither a mask nor a box, image 6 first: they are left out, and the others are cropped around their lesion (setting missingLesion).",
    ]);
  });

  it("says why images are left out: of several sets, also that two of them have them", () => {
    const loaded = load(images(5, masked));
    const leftOut = images(2, { id: "there/1" });
    match(
      choose({ ...loaded, leftOut }).notices[0]!,
      /^2 images are left out because of errors or contradictory labels, there\/1/,
    );
    const parts = [{}, {}] as unknown as LoadedSet["set"][];
    match(
      choose({ ...loaded, set: { ...loaded.set, parts }, leftOut }).notices[0]!,
      /because two of the sets have them, there\/1 first \(settings onError, onContradiction and onShared\)/,
    );
  });

  it("takes images whole where most have no lesion, and says what is lost", () => {
    const { records, notices } = choose(load(images(5, {}), images(1, masked)));
    equal(records.length, 6);
    match(notices[0]!, /taken whole, at 32 × 32 pixels.*about 25 pixels of a side become one/);
  });

  it("does as is said of lesions, normal tissue and patients", () => {
    const some = load(images(5, masked), images(1, {}));
    equal(choose(some, { missingLesion: "whole picture" }).records.length, 6);
    throws(
      () => choose(some, { missingLesion: "stop" }),
      /1 of 6 images have neither.*image 6 first.*--set missingLesion=leave-out/,
    );
    const normal = load(images(2, masked), images(3, { label: "normal", ...masked }));
    match(choose(normal).notices[0]!, /3 images of normal tissue are left out/);
    const benign = choose(normal, { normal: "benign" });
    deepEqual([benign.records.length, benign.records.every(({ label }) => label === "benign")], [5, true]);
    const unnamed = load(images(2, masked).map(({ patient: _patient, ...record }) => record));
    match(choose(unnamed).notices[0]!, /The patient of all images is unknown: each counts as a patient of its own/);
    throws(() => choose(unnamed, { unknownPatients: "stop" }), /Mine: the patient of all images is unknown/);
  });

  it("says nothing of a set that has all of it", () => {
    deepEqual(choose(load(images(3, masked))).notices, []);
  });
});

describe("preparationOf(settings, records)", () => {
  const settings = { preparation: { size: 48 } };

  it("crops around the lesion where it is known, else takes images whole, at the size of the settings", () => {
    deepEqual(preparationOf(settings, images(2, masked)), { ...preparations.squareContext, size: 48 });
    deepEqual(preparationOf(settings, images(2, {})), { ...preparations.wholeImage, size: 48 });
    deepEqual(preparationOf(settings, images(2, { box: { left: 0, top: 0, width: 1, height: 1 } })), {
      ...preparations.squareContext,
      size: 48,
    });
  });

  it("takes them whole where all have a box alone and masks are planes of the input", () => {
    const planes = { preparation: { ...settings.preparation, channels: ["gray", "mask"] as const } };
    equal(preparationOf(planes, images(2, { box: { left: 0, top: 0, width: 1, height: 1 } })).region.kind, "whole");
  });
});
