import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs, { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

import { requireEmpty, writeFolder } from "../../lib/files/write-folder";
import { temporaryFolder } from "../helpers/temporary";
import { fillDisk, onSmallDisk } from "../helpers/small-disk";

describe("writeFolder(folder, bytes, fill)", () => {
  const folder = temporaryFolder();
  const target = () => join(folder.path, "in", "target");
  const fill = (staging: string) => {
    mkdirSync(join(staging, "deep", "empty"), { recursive: true });
    writeFileSync(join(staging, "deep", "a"), "a");
    return Promise.resolve();
  };

  it("gives the folder its name when it is filled", async () => {
    await writeFolder(target(), 1, async (staging) => {
      equal(fs.existsSync(target()), false);
      await fill(staging);
    });
    equal(readFileSync(join(target(), "deep", "a"), "utf8"), "a");
    deepEqual(readdirSync(join(folder.path, "in")), ["target"]);
  });

  it("leaves nothing where filling fails", async () => {
    const error = new Error("mine");
    await rejects(
      writeFolder(target(), 1, async (staging) => {
        await fill(staging);
        throw error;
      }),
      error,
    );
    deepEqual(readdirSync(join(folder.path, "in")), []);
  });

  it("overwrites nothing that has come meanwhile", async () => {
    await rejects(
      writeFolder(target(), 1, async (staging) => {
        await fill(staging);
        mkdirSync(target());
        writeFileSync(join(target(), "mine"), "mine");
      }),
      { name: "Problem", message: /target cannot be replaced: the folder is not empty/ },
    );
    deepEqual(readdirSync(join(folder.path, "in")), ["target"]);
    deepEqual(readdirSync(target()), ["mine"]);
  });

  it("removes what a killed run has left beside, and not what a running one writes", async () => {
    const parent = join(folder.path, "in");
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    const host = hostname().replace(/[^\w.]/g, "_");
    const [left, running, foreign] = [`${host}-${dead}-a`, `${host}-${process.pid}-a`, `elsewhere-${dead}-a`].map(
      (owner) => `.target.partial-${owner}`,
    );
    for (const name of [left, running, foreign]) mkdirSync(join(parent, name!, "deep"), { recursive: true });
    await writeFolder(target(), 1, fill);
    deepEqual(readdirSync(parent).sort(), [foreign, running, "target"].sort());
  });

  it("flushes the folders before the name is taken, and what holds it after", async () => {
    const calls: string[] = [];
    const { fsyncSync, renameSync } = fs;
    fs.fsyncSync = (file) => {
      calls.push("flush");
      fsyncSync(file);
    };
    fs.renameSync = (from, to) => {
      calls.push("rename");
      renameSync(from, to);
    };
    try {
      await writeFolder(target(), 1, fill);
    } finally {
      Object.assign(fs, { fsyncSync, renameSync });
    }
    // deep, deep/empty, the folder itself.
    deepEqual(calls, ["flush", "flush", "flush", "rename", "flush"]);
  });

  it("says that the disk has no room, or is full", async function () {
    await onSmallDisk(this, folder.path, "1m", async (disk) => {
      await rejects(writeFolder(join(disk, "target"), 2e6, fill), { name: "Problem", message: /target needs 2\.0 MB/ });
      fillDisk(disk);
      await rejects(writeFolder(join(disk, "target"), 0, fill), { code: "ENOSPC" });
      deepEqual(readdirSync(disk), ["ballast"]);
    });
  });
});

describe("requireEmpty(folder)", () => {
  const folder = temporaryFolder();

  it("accepts what is not there or empty, and names what is in the way", () => {
    requireEmpty(join(folder.path, "none"));
    requireEmpty(folder.path);
    writeFileSync(join(folder.path, "a"), "");
    throws(() => {
      requireEmpty(folder.path);
    }, /is there already, with "a" in it\. Move it away/);
    writeFileSync(join(folder.path, "b"), "");
    throws(() => {
      requireEmpty(folder.path);
    }, /with 2 files or folders in it/);
    throws(
      () => {
        requireEmpty(join(folder.path, "a"));
      },
      { name: "Problem", message: /a cannot be written: a part of its path is a file/ },
    );
  });
});
