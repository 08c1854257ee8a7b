import { deepEqual, equal, notEqual, ok, rejects } from "node:assert/strict";
import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { inspectionCache, inspectRecords } from "../../../lib/data/inspect/inspect";
import { cacheRoot } from "../../../lib/runtime/environment";
import { texture, writePicture } from "../../helpers/pictures";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();
const cacheFolder = () => join(folder.path, "cache");
const records = () =>
  [1, 2, 3].map((number) => ({
    id: String(number),
    image: { kind: "file" as const, path: join(folder.path, `${number}.png`) },
    masks: [],
    label: "benign" as const,
  }));
const makeFiles = () => {
  for (const { id, image } of records()) writePicture(image.path, texture(Number(id)));
};
const inspect = () => inspectRecords(records(), { folder: folder.path, cacheFolder: cacheFolder() });

describe("inspectRecords(records, options)", () => {
  it("gives what was seen in the order of the records, and files by their short names", async () => {
    makeFiles();
    writeFileSync(join(folder.path, "2.png"), "no picture");
    const inspections = await inspect();
    deepEqual(
      inspections.map(({ id, seen }) => [id, seen === null]),
      [
        ["1", false],
        ["2", true],
        ["3", false],
      ],
    );
    equal(inspections[1]!.findings[0]!.file, "2.png");
  });

  it("gives the same from what was kept", async () => {
    makeFiles();
    const first = await inspect();
    equal(readdirSync(cacheFolder()).length, 1);
    deepEqual(await inspect(), first);
  });

  it("looks again at a file that changed, even with its old size and time", async () => {
    makeFiles();
    const before = await inspect();
    const path = join(folder.path, "2.png");
    const { atime, mtime } = statSync(path);
    await new Promise((resolve) => setTimeout(resolve, 20));
    writePicture(path, texture(4));
    utimesSync(path, atime, mtime);
    const after = await inspect();
    notEqual(after[1]!.seen!.pixelHash, before[1]!.seen!.pixelHash);
    deepEqual(after[0], before[0]);
  });

  it("looks again where what was kept is damaged", async () => {
    makeFiles();
    const first = await inspect();
    const [name] = readdirSync(cacheFolder());
    for (const damage of ["", "{", '{"version":0,"kept":{}}']) {
      writeFileSync(join(cacheFolder(), name!), damage);
      deepEqual(await inspect(), first);
    }
  });

  it("keeps what was seen before an interruption", async () => {
    makeFiles();
    const interrupted = inspectRecords(records(), {
      folder: folder.path,
      cacheFolder: cacheFolder(),
      onProgress: (done) => {
        if (done === 2) throw new Error("interrupted");
      },
    });
    await rejects(interrupted, /interrupted/);
    const [name] = readdirSync(cacheFolder());
    const { kept } = JSON.parse(readFileSync(join(cacheFolder(), name!), "utf8")) as { kept: object };
    ok(Object.keys(kept).length >= 2);
    equal((await inspect()).length, 3);
  });

  it("goes on where what was seen cannot be kept", async () => {
    makeFiles();
    writeFileSync(cacheFolder(), "a file in the way");
    equal((await inspect()).length, 3);
  });

  it("keeps nothing where it is told so, and tells how far it is", async () => {
    makeFiles();
    const told: string[] = [];
    await inspectRecords(records(), {
      folder: folder.path,
      cacheFolder: null,
      onProgress: (done, total) => void told.push(`${done}/${total}`),
    });
    deepEqual(told, ["1/3", "2/3", "3/3"]);
  });
});

describe("inspectionCache()", () => {
  it("lies in the folder for what can be made again", () => {
    equal(inspectionCache().startsWith(cacheRoot()), true);
  });
});
