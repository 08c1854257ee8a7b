import { deepEqual, equal, throws } from "node:assert/strict";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

import { writeExampleImages } from "../../lib/apply/example-images";
import { listPictures } from "../../lib/data/own/list-pictures";
import { temporaryFolder } from "../helpers/temporary";
import { put } from "./helpers";

describe("writeExampleImages(folder)", () => {
  const folder = temporaryFolder();

  it("writes eight images, seven of them with a mask, and leaves them as they are the next time", async () => {
    const target = writeExampleImages(join(folder.path, "images"));
    const { images } = await listPictures(target, {}, null);
    deepEqual(
      images.map(({ masks }) => masks.length),
      [1, 1, 1, 1, 1, 1, 1, 0],
    );
    const times = () => readdirSync(target).map((name) => statSync(join(target, name)).mtimeMs);
    const before = times();
    equal(writeExampleImages(target), target);
    deepEqual(times(), before);
  });

  it("says where they cannot be written", () => {
    const file = put(join(folder.path, "file"), "");
    throws(() => writeExampleImages(join(file, "images")), /cannot be written/);
  });
});
