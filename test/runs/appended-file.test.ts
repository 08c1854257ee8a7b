import { equal, throws } from "node:assert/strict";
import fs, { readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { openAppended } from "../../lib/runs/appended-file";
import { fillDisk, onSmallDisk } from "../helpers/small-disk";
import { temporaryFolder } from "../helpers/temporary";

const nothing = () => undefined;

describe("openAppended(path, check)", () => {
  const folder = temporaryFolder();

  it("adds to what is there", () => {
    const path = join(folder.path, "lines");
    writeFileSync(path, "a\n");
    const file = openAppended(path, nothing);
    file.append("ü\n");
    file.append("c\n");
    file.flush();
    equal(file.length, 7);
    file.close();
    equal(readFileSync(path, "utf8"), "a\nü\nc\n");
  });

  it("writes nothing where the check refuses", () => {
    const path = join(folder.path, "lines");
    const file = openAppended(path, () => {
      throw new Error("no");
    });
    throws(() => {
      file.append("a\n");
    }, /no/);
    file.close();
    equal(readFileSync(path, "utf8"), "");
  });

  it("writes to nobody once another file has taken the name", () => {
    const path = join(folder.path, "lines");
    const file = openAppended(path, nothing);
    writeFileSync(join(folder.path, "new"), "new\n");
    renameSync(join(folder.path, "new"), path);
    file.append("old owner\n");
    file.close();
    equal(readFileSync(path, "utf8"), "new\n");
  });

  it("cuts off again what the disk took of a line, at once or before the next", () => {
    const path = join(folder.path, "lines");
    const file = openAppended(path, nothing);
    file.append("first\n");
    const { writeSync, ftruncateSync } = fs;
    const fail = () => {
      throw Object.assign(new Error("EIO"), { code: "EIO" });
    };
    let calls = 0;
    const torn = (handle: number, bytes: Uint8Array, start: number) =>
      calls++ === 0 ? writeSync(handle, bytes, start, 2) : fail();
    try {
      Object.assign(fs, { writeSync: torn });
      throws(
        () => {
          file.append("second\n");
        },
        {
          name: "Problem",
          message: `${path} cannot be written: the disk reports a fault. Run again; if it stays, have the disk looked at.`,
        },
      );
      equal(readFileSync(path, "utf8"), "first\n");
      calls = 0;
      Object.assign(fs, { ftruncateSync: fail });
      throws(
        () => {
          file.append("second\n");
        },
        { name: "Problem" },
      );
      equal(readFileSync(path, "utf8"), "first\nse");
    } finally {
      Object.assign(fs, { writeSync, ftruncateSync });
    }
    file.append("third\n");
    file.close();
    equal(readFileSync(path, "utf8"), "first\nthird\n");
  });

  it("refuses a link", () => {
    symlinkSync("/tmp/elsewhere-that-is-not", join(folder.path, "link"));
    throws(() => openAppended(join(folder.path, "link"), nothing), { name: "Problem", message: /cannot be opened/ });
  });

  it("loses nothing on a full disk, and goes on when there is room", async function () {
    await onSmallDisk(this, folder.path, "256k", (disk) => {
      const path = join(disk, "lines");
      const file = openAppended(path, nothing);
      file.append("before\n");
      fillDisk(disk);
      const long = `${"x".repeat(10_000)}\n`;
      throws(
        () => {
          file.append(long);
        },
        { name: "Problem", message: /lines cannot be written: the disk is full/ },
      );
      equal(readFileSync(path, "utf8"), "before\n");
      fs.rmSync(join(disk, "ballast"));
      file.append(long);
      file.close();
      equal(readFileSync(path, "utf8"), `before\n${long}`);
    });
  });
});
