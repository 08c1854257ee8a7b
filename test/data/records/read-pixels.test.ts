import { deepEqual, equal, rejects } from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { nameSource, readBytes, readMask, readPicture } from "../../../lib/data/records/read-pixels";
import { rectangle, texture, writePicture } from "../../helpers/pictures";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();
const file = (path: string) => ({ kind: "file" as const, path });

describe("readPicture(record)", () => {
  it("reads the image's file", async () => {
    const path = writePicture(join(folder.path, "a.png"), texture(1), { width: 6, height: 4 });
    const { width, height, pixels } = await readPicture({ id: "a", image: file(path) });
    deepEqual([width, height], [6, 4]);
    equal(Math.round(pixels[7]! * 255), texture(1)(1, 1));
  });

  it("takes the bits that hold the gray levels for the whole range, and refuses levels beyond them", async () => {
    const path = writePicture(join(folder.path, "a.png"), (column) => column, { width: 16, height: 4, depth: 16 });
    const read = async (bits: number) => (await readPicture({ id: "a", image: { ...file(path), bits } })).pixels[15]!;
    equal(Math.round((await read(12)) * 4095), 15 * 257);
    equal(Math.round((await read(16)) * 65535), 15 * 257);
    await rejects(read(10), /a\.png has gray levels up to 3855, more than the 10 bits that were said to hold them/);
  });

  it("names a file that is missing, and one that is cut off", async () => {
    const path = join(folder.path, "a.png");
    await rejects(readPicture({ id: "a", image: file(path) }), new RegExp(`a\\.png is missing`));
    writePicture(path, texture(1));
    writeFileSync(path, readFileSync(path).subarray(0, 90));
    await rejects(readPicture({ id: "a", image: file(path) }), /a\.png cannot be decoded/);
  });
});

describe("readMask(record)", () => {
  it("unites the masks of one image", async () => {
    const one = writePicture(join(folder.path, "1.png"), rectangle(0, 0, 2, 1), { width: 4, height: 1 });
    const two = writePicture(join(folder.path, "2.png"), rectangle(3, 0, 1, 1), { width: 4, height: 1 });
    deepEqual([...(await readMask({ id: "a", masks: [file(one), file(two)] }))!.pixels], [1, 1, 0, 1]);
  });

  it("gives null where there are none", async () => {
    equal(await readMask({ id: "a", masks: [] }), null);
  });

  it("refuses masks of different sizes, and names the image", async () => {
    const one = writePicture(join(folder.path, "1.png"), rectangle(0, 0, 2, 1), { width: 4, height: 1 });
    const two = writePicture(join(folder.path, "2.png"), rectangle(0, 0, 2, 1), { width: 3, height: 1 });
    await rejects(
      readMask({ id: "benign (4)", masks: [file(one), file(two)] }),
      /masks of benign \(4\) have different sizes/,
    );
  });
});

describe("nameSource(source)", () => {
  it("tells file and place", () => {
    equal(nameSource(file("/somewhere/bus 1.png")), "bus 1.png");
    equal(
      nameSource({ kind: "array", path: "/x/breastmnist.npz", array: "train_images", index: 115 }),
      "breastmnist.npz: train_images[115]",
    );
    equal(nameSource({ kind: "scan", path: "/x/OASBUD.mat", lesion: 6, field: "rf1" }), "OASBUD.mat: lesion 7, rf1");
    equal(nameSource({ kind: "phantom", settings: { count: 9, seed: 1 }, index: 8, part: "image" }), "phantom 8");
  });
});

describe("readBytes(path)", () => {
  it("says of a folder that it cannot be read", async () => {
    await rejects(readBytes(folder.path), /cannot be read \(EISDIR\)/);
  });
});
