import { deepEqual, equal, throws } from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import * as v from "valibot";

import { readJsonLines, readKeptJson, writeJsonLines } from "../../lib/tabular/json-lines";
import { temporaryFolder } from "../helpers/temporary";

describe("readJsonLines(path, schema) and writeJsonLines(path, entries)", () => {
  const root = temporaryFolder();
  const schema = v.strictObject({ place: v.number() });
  const file = () => join(root.path, "entries.jsonl");

  it("undo each other, an entry a line", () => {
    writeJsonLines(file(), [{ place: 1 }, { place: 2 }]);
    deepEqual(readFileSync(file(), "utf8"), '{"place":1}\n{"place":2}\n');
    deepEqual(readJsonLines(file(), schema), [{ place: 1 }, { place: 2 }]);
    writeJsonLines(file(), []);
    deepEqual(readJsonLines(file(), schema), []);
  });

  it("drop nothing in silence: a last line without an end is read, one that is cut off is refused, as is a missing file", () => {
    writeFileSync(file(), '{"place":1}\n{"place":2}');
    deepEqual(readJsonLines(file(), schema), [{ place: 1 }, { place: 2 }]);
    writeFileSync(file(), '{"place":1}\n{"plac');
    throws(
      () => readJsonLines(file(), schema),
      /entries\.jsonl, line 2, is no JSON: \{"plac.*Take it from version control/s,
    );
    writeFileSync(file(), '{"place":"one"}\n');
    throws(() => readJsonLines(file(), schema), /entries\.jsonl, line 1.*place/s);
    throws(() => readJsonLines(join(root.path, "none"), schema), /none/);
  });
});

describe("readKeptJson(path, schema)", () => {
  const root = temporaryFolder();
  const schema = v.strictObject({ place: v.number() });

  it("reads a file that is there, gives null where there is none, and refuses what is something else", () => {
    const file = join(root.path, "entry.json");
    equal(readKeptJson(file, schema), null);
    writeFileSync(file, '{"place": 1}');
    deepEqual(readKeptJson(file, schema), { place: 1 });
    writeFileSync(file, '{"plaice": 1}');
    throws(() => readKeptJson(file, schema), /entry\.json.*plaice/s);
    writeFileSync(file, '{"place"');
    throws(() => readKeptJson(file, schema), /entry\.json is no JSON/);
  });
});
