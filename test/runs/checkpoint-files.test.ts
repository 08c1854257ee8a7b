import { deepEqual, equal, ok, throws } from "node:assert/strict";
import fs, {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

import { encodeState } from "../../lib/runs/checkpoint";
import {
  checkpointPath,
  leaveAside,
  listCheckpoints,
  newestGoodCheckpoint,
  readCheckpoint,
  removeOldCheckpoints,
  writeCheckpoint,
} from "../../lib/runs/checkpoint-files";
import { DamagedFile } from "../../lib/runs/damaged-file";
import type { Json } from "../../lib/runs/state";
import { stateOf } from "../helpers/run-folder";
import { temporaryFolder } from "../helpers/temporary";

const nothing = () => undefined;
const note = (step: number) => ({ run: "r", step, metricBytes: 0, metricHash: "h", files: ["a"] });

describe("checkpoint files", () => {
  const folder = temporaryFolder();
  const write = (step: number) => {
    writeCheckpoint(folder.path, { note: note(step), state: stateOf(step) }, nothing);
  };
  const damage = (step: number) => {
    const bytes = readFileSync(checkpointPath(folder.path, step));
    bytes[bytes.length >> 1]! ^= 4;
    writeFileSync(checkpointPath(folder.path, step), bytes);
  };

  it("are written, listed by number and read", () => {
    deepEqual(listCheckpoints(folder.path), []);
    for (const step of [9, 10, 2, 1_000_000_000_000]) write(step);
    for (const name of ["x.checkpoint", "000000003.checkpoint.left-aside", ".000000004.checkpoint.0.partial"])
      writeFileSync(join(folder.path, "checkpoints", name), "");
    deepEqual(listCheckpoints(folder.path), [1_000_000_000_000, 10, 9, 2]);
    deepEqual(readCheckpoint(folder.path, 10, "r"), { note: note(10), state: stateOf(10) });
    equal(readCheckpoint(folder.path, 11, "r"), null);
  });

  it("are refused where they are another run's, another step's, a link, or hold something else", () => {
    for (const step of [1, 2]) write(step);
    throws(() => readCheckpoint(folder.path, 1, "other"), { message: /000000001\.checkpoint belongs to another run/ });
    copyFileSync(checkpointPath(folder.path, 1), checkpointPath(folder.path, 2));
    throws(() => readCheckpoint(folder.path, 2, "r"), {
      message: /000000002\.checkpoint was saved after step 1\. It was renamed or copied here/,
    });
    symlinkSync(checkpointPath(folder.path, 1), checkpointPath(folder.path, 3));
    throws(() => readCheckpoint(folder.path, 3, "r"), DamagedFile);
    const others: readonly Json[] = [
      null,
      { note: note(4) },
      { note: { ...note(4), step: -1 }, state: 1 },
      { note: { ...note(4), files: [1] }, state: 1 },
    ];
    for (const json of others) {
      writeFileSync(checkpointPath(folder.path, 4), encodeState({ json, arrays: new Map() }));
      throws(() => readCheckpoint(folder.path, 4, "r"), { message: /is no checkpoint of a run/ });
    }
  });

  it("give the newest good one, and name the damaged", () => {
    for (const step of [1, 2, 3]) write(step);
    damage(3);
    writeFileSync(checkpointPath(folder.path, 4), "");
    const named: string[] = [];
    equal(newestGoodCheckpoint(folder.path, "r", (error) => named.push(error.what))?.note.step, 2);
    equal(named.length, 2);
    ok(named[0]!.startsWith(checkpointPath(folder.path, 4)) && named[1]!.startsWith(checkpointPath(folder.path, 3)));
    for (const step of [1, 2]) damage(step);
    equal(newestGoodCheckpoint(folder.path, "r"), null);
  });

  it("are not damaged because they cannot be read just now", () => {
    write(1);
    const { openSync } = fs;
    const fail = () => {
      throw Object.assign(new Error("EMFILE"), { code: "EMFILE" });
    };
    try {
      Object.assign(fs, { openSync: fail });
      throws(
        () => newestGoodCheckpoint(folder.path, "r"),
        (error) => !(error instanceof DamagedFile) && (error as Error).message.includes("too many files are open"),
      );
    } finally {
      Object.assign(fs, { openSync });
    }
  });

  it("are written only if the check lets them, before and right before they take the name", () => {
    for (const allowed of [0, 1]) {
      let calls = 0;
      const check = () => {
        if (calls++ === allowed) throw new Error("lost");
      };
      throws(() => {
        writeCheckpoint(folder.path, { note: note(1), state: stateOf(1) }, check);
      }, /lost/);
    }
    deepEqual(readdirSync(join(folder.path, "checkpoints")), []);
  });

  it("go when they are old, as far as they can be removed", () => {
    for (let step = 1; step <= 5; step++) write(step);
    removeOldCheckpoints(folder.path, 2, nothing);
    deepEqual(listCheckpoints(folder.path), [5, 4]);
    mkdirSync(join(checkpointPath(folder.path, 3), "not empty"), { recursive: true });
    removeOldCheckpoints(folder.path, 1, nothing);
    deepEqual(listCheckpoints(folder.path), [5, 3]);
  });

  it("are left aside under another name", () => {
    write(1);
    renameSync(checkpointPath(folder.path, 1), join(folder.path, "kept"));
    copyFileSync(join(folder.path, "kept"), checkpointPath(folder.path, 1));
    leaveAside(checkpointPath(folder.path, 1));
    deepEqual(listCheckpoints(folder.path), []);
    deepEqual(readFileSync(`${checkpointPath(folder.path, 1)}.left-aside`), readFileSync(join(folder.path, "kept")));
    throws(
      () => {
        leaveAside(checkpointPath(folder.path, 1));
      },
      { name: "Problem", message: /cannot be renamed: there is no such file/ },
    );
  });
});
