import { deepEqual, equal, match, throws } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { describeMachine } from "../../lib/runtime/environment";
import { DamagedFile } from "../../lib/runs/damaged-file";
import { WrongConfiguration } from "../../lib/runs/exit-codes";
import {
  compareVersions,
  describeVersions,
  hashIdentity,
  readRunRecord,
  requireSameRun,
  upgradeRecord,
  writeRunRecord,
  type RunRecord,
} from "../../lib/runs/run-record";
import { writeSealed } from "../../lib/runs/sealed-json";
import { temporaryFolder } from "../helpers/temporary";

const record: RunRecord = {
  kind: "search",
  configuration: { rate: 0.1, layers: [1, 2] },
  inputs: { split: "abc" },
  versions: describeVersions(),
  machine: describeMachine(),
  created: "2026-11-24T08:00:00.000Z",
};

describe("writeRunRecord(record) and readRunRecord(folder)", () => {
  const folder = temporaryFolder();
  const write = (text: string) => {
    writeFileSync(join(folder.path, "run.json"), text);
  };

  it("give back the same, and null where there is none", () => {
    equal(readRunRecord(folder.path), null);
    write(writeRunRecord(record));
    deepEqual(readRunRecord(folder.path), record);
  });

  it("refuse a newer format by a sentence that names both versions", () => {
    write(writeSealed({ formatVersion: 2, versions: { sononas: "9.1.0" }, anything: 1 }, "x"));
    throws(
      () => readRunRecord(folder.path),
      (error) =>
        error instanceof WrongConfiguration &&
        /run\.json is of format 2, written by sononas "9\.1\.0"; this version, \d+\.\d+\.\d+, reads up to 1\. Update/.test(
          error.message,
        ),
    );
  });

  it("refuse what is damaged, and what describes something else", () => {
    write(writeRunRecord(record).replace("0.1", "0.2"));
    throws(() => readRunRecord(folder.path), DamagedFile);
    for (const change of [
      { kind: 1 },
      { inputs: { a: 1 } },
      { machine: null },
      { versions: [] },
      { formatVersion: "1" },
    ]) {
      write(writeSealed({ formatVersion: 1, ...(record as object), ...change }, "x"));
      throws(() => readRunRecord(folder.path), { name: "Problem", message: /run\.json does not describe a run/ });
    }
  });
});

describe("requireSameRun(folder, saved, asked)", () => {
  it("takes equal ones, whatever the order of their keys", () => {
    requireSameRun("f", record, { ...record, configuration: { layers: [1, 2], rate: 0.1 } });
  });

  it("names the first three places that differ, with both values", () => {
    const asked = { ...record, configuration: { rate: 0.2, layers: [2, 1], new: 1 }, inputs: { split: "abd" } };
    throws(
      () => {
        requireSameRun("f", record, asked);
      },
      (error) =>
        error instanceof WrongConfiguration &&
        error.message ===
          "f holds a run with another configuration: layers[0] is 1 there and 2 here; layers[1] is 2 there and 1 here; new is missing there and 1 here; and 2 more. Ask for what it was begun with to carry it on, or choose another folder for a new run.",
    );
    throws(
      () => {
        requireSameRun("f", record, { ...record, inputs: { split: "abd" } });
      },
      { message: /inputs\.split is "abc" there and "abd" here/ },
    );
    throws(
      () => {
        requireSameRun("f", record, { ...record, kind: "training" });
      },
      { message: /of the kind "search", expected "training"/ },
    );
  });
});

describe("upgradeRecord(record, upgrade)", () => {
  it("changes the configuration alone, and not what it was given", () => {
    const before = JSON.stringify(record);
    const upgraded = upgradeRecord(record, (stored) => ({ was: stored }));
    deepEqual(upgraded, { ...record, configuration: { was: record.configuration } });
    equal(JSON.stringify(record), before);
  });
});

describe("hashIdentity(identity)", () => {
  it("depends on kind, configuration and inputs alone", () => {
    equal(hashIdentity(record), hashIdentity({ ...record, created: "later" } as RunRecord));
    const others = [{ kind: "a" }, { configuration: 1 }, { inputs: {} }].map((change) =>
      hashIdentity({ ...record, ...change }),
    );
    equal(new Set([hashIdentity(record), ...others]).size, 4);
  });
});

describe("compareVersions(saved, now)", () => {
  it("says what differs, and nothing where nothing does", () => {
    equal(compareVersions(record.versions, { ...record.versions }), null);
    match(
      compareVersions({ ...record.versions, threads: 1 }, { ...record.versions, threads: 64 })!,
      /threads is 1 there and 64 here\): its numbers may differ/,
    );
  });
});
