import { deepEqual, equal, notEqual } from "node:assert/strict";
import { createHash } from "node:crypto";
import { rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { compareFiles, identifyFiles, sourceFilesOf } from "../../../lib/data/prepare/source-files";
import { temporaryFolder } from "../../helpers/temporary";
import { waitForFileClock } from "./example-files";

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);

describe("sourceFilesOf(records, withMasks)", () => {
  it("lists every file once, with or without masks", () => {
    const settings = { count: 1, size: 16, difficulty: 0, seed: 1 };
    const records = [
      { image: { kind: "file", path: "b.png" }, masks: [{ kind: "file", path: "a.png", color: "red" }] },
      {
        image: { kind: "array", path: "set.npz", array: "x", index: 0 },
        masks: [],
        around: { masks: [{ kind: "file", path: "expert.png" }] },
      },
      { image: { kind: "array", path: "set.npz", array: "x", index: 1 }, masks: [] },
      { image: { kind: "phantom", settings, index: 0, part: "image" }, masks: [] },
    ] as const;
    deepEqual(sourceFilesOf(records, true), ["a.png", "b.png", "expert.png", "set.npz"]);
    deepEqual(sourceFilesOf(records, false), ["b.png", "set.npz"]);
  });
});

describe("identifyFiles(paths) and compareFiles(known)", () => {
  it("know a file by its content", async () => {
    writeFileSync(at("a"), "tissue");
    const known = await identifyFiles([at("a"), at("missing")]);
    equal(known[at("a")]!.sha256, createHash("sha256").update("tissue").digest("hex"));
    equal(known[at("a")]!.size, "6");
    equal(known[at("missing")], null);
    deepEqual(await compareFiles(known), { changed: [], current: known });
  });

  it("notice content of the same length under the same time", async () => {
    writeFileSync(at("a"), "tissue");
    const { atime, mtime } = statSync(at("a"));
    utimesSync(at("a"), atime, mtime);
    const known = await identifyFiles([at("a")]);
    await waitForFileClock();
    writeFileSync(at("a"), "lesion");
    utimesSync(at("a"), atime, mtime);
    const { changed, current } = await compareFiles(known);
    equal(current[at("a")]!.mtime, known[at("a")]!.mtime);
    deepEqual(changed, [at("a")]);
  });

  it("take a file that was only touched for the same, and say what it looks like now", async () => {
    writeFileSync(at("a"), "tissue");
    const known = await identifyFiles([at("a")]);
    utimesSync(at("a"), 1000, 1000);
    const { changed, current } = await compareFiles(known);
    deepEqual(changed, []);
    notEqual(current[at("a")]!.mtime, known[at("a")]!.mtime);
    deepEqual((await compareFiles(current)).current, current);
  });

  it("notice files that came or went", async () => {
    writeFileSync(at("a"), "tissue");
    const known = await identifyFiles([at("a"), at("b")]);
    rmSync(at("a"));
    writeFileSync(at("b"), "tissue");
    deepEqual((await compareFiles(known)).changed, [at("a"), at("b")]);
  });

  it("take what cannot be read for unchanged until it can", async () => {
    const known = await identifyFiles([folder.path]);
    equal(known[folder.path]!.sha256, null);
    deepEqual((await compareFiles(known)).changed, []);
  });
});
