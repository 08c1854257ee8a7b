import { deepEqual, equal, match, notEqual, throws } from "node:assert/strict";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { splitSet } from "../../lib/data/sets/split-set";
import type { LoadedSet } from "../../lib/data/sets/load";
import { Problem } from "../../lib/runtime/problem";
import { crossFit } from "../../lib/segment/cross-fit";
import { maskName, readOutlines, withFoundOutlines } from "../../lib/segment/outlines-folder";
import { lastingFolder } from "../helpers/temporary";
import { phantomSet, quickly, rowOf } from "./helpers";

describe("readOutlines(folder, loaded)", function () {
  this.timeout(120_000);
  const folder = lastingFolder();
  const whole = () => join(folder.path, "whole");
  let loaded: LoadedSet;
  before(async () => {
    loaded = await phantomSet();
    const segmentation = { ...quickly, epochs: 2 };
    const split = splitSet(loaded, { folds: 2, validation: 0.3 });
    await crossFit(whole(), loaded, split, { segmentation, watch: null });
  });
  /** A copy in which something is changed. */
  const changed = (name: string, change: (place: string) => void) => {
    const place = join(folder.path, name);
    cpSync(whole(), place, { recursive: true });
    change(place);
    return place;
  };

  it("gives what was found, and where its masks are", () => {
    const { rows, masks } = readOutlines(whole(), loaded);
    equal(rows.length, loaded.records.length);
    deepEqual(
      rows.filter(({ found }) => found).map(({ id }) => id),
      [...masks.keys()],
    );
  });

  it("reads outlines that were handed on without their trainings, and holds what their networks had seen all the same", () => {
    const alone = changed("alone", (place) => {
      for (const fold of ["fold-1", "fold-2"]) rmSync(join(place, fold, "training"), { recursive: true });
    });
    deepEqual(readOutlines(alone, loaded).rows, readOutlines(whole(), loaded).rows);
    const [first] = readOutlines(alone, loaded).rows;
    const seen = JSON.parse(readFileSync(join(alone, "fold-1", "outlines", "seen.json"), "utf8")) as string[];
    const known = loaded.records.find(({ id }) => id === seen[0])!;
    const records = loaded.records.map((record) =>
      record.id === first!.id ? { ...record, patient: known.patient! } : record,
    );
    throws(() => readOutlines(alone, { ...loaded, records }), /whom it had seen/);
    rmSync(join(alone, "fold-1", "outlines", "seen.json"));
    throws(() => readOutlines(alone, loaded), /seen\.json is not what/);
  });

  it("refuses outlines of a network that had seen the patient, by what the network says itself", () => {
    const place = changed("swapped", (copy) => {
      // The outlines of fold 1 beside the training of fold 2: their account of the training no longer holds.
      rmSync(join(copy, "fold-1", "training"), { recursive: true });
      cpSync(join(copy, "fold-2", "training"), join(copy, "fold-1", "training"), { recursive: true });
    });
    throws(() => readOutlines(place, loaded), /have changed/);
    // Other patients: what the network has seen is now another's image.
    const [first] = readOutlines(whole(), loaded).rows;
    const seen = loaded.records.find(
      ({ id }) => !readOutlines(whole(), loaded).rows.some((row) => row.id === id && row.fold === first!.fold),
    )!;
    const records = loaded.records.map((record) =>
      record.id === first!.id ? { ...record, patient: seen.patient! } : record,
    );
    throws(
      () => readOutlines(whole(), { ...loaded, records }),
      (error: Problem) => error instanceof Problem && error.what.includes("whom it had seen"),
    );
  });

  it("refuses files that have changed, other data, and a folder without any", () => {
    const place = changed("edited", (copy) => {
      const file = join(copy, "fold-1", "outlines", "outlines.json");
      writeFileSync(file, readFileSync(file, "utf8").replace('"found":true', '"found":false'));
    });
    throws(() => readOutlines(place, loaded), Problem);
    throws(() => readOutlines(whole(), { ...loaded, dataHash: "0".repeat(64) }), /of data with the hash/);
    throws(() => readOutlines(join(folder.path, "nowhere"), loaded), /No fold/);
  });
});

describe("withFoundOutlines(records, outlines)", () => {
  it("takes masks from files, and of an image in which nothing was found mask and box away", async () => {
    const [first, second, third] = (await phantomSet()).records;
    const box = { left: 1, top: 1, width: 2, height: 2 };
    const rows = [rowOf(first!.id, 0.8), rowOf(second!.id, 0)];
    const outlines = { rows, masks: new Map([[first!.id, "a.png"]]) };
    const [found, nothing] = withFoundOutlines(
      [
        { ...first!, box },
        { ...second!, box },
      ],
      outlines,
    );
    deepEqual([found!.masks, "box" in found!], [[{ kind: "file", path: "a.png" }], false]);
    deepEqual([nothing!.masks, "box" in nothing!], [[], false]);
    throws(() => withFoundOutlines([third!], outlines), /not outlined/);
    const [around, none] = withFoundOutlines([{ ...first!, box }, second!], outlines, "expert");
    deepEqual(around!.masks, found!.masks);
    deepEqual(around!.around, { masks: first!.masks, box }, "the expert's lesion stays known as what is looked around");
    equal(none!.around, undefined);
  });
});

describe("maskName(id)", () => {
  it("is the id where that can be a file's name, and otherwise tells ids apart that look alike without their signs", () => {
    equal(maskName("bus_0001-l"), "masks/bus_0001-l.png");
    match(maskName("benign (4)"), /^masks\/benign__4_-[0-9a-f]{8}\.png$/);
    notEqual(maskName("benign/1"), maskName("benign:1"));
    match(maskName("../x"), /^masks\/[\w-]+\.png$/);
  });
});
