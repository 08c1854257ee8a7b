import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { truncateSync } from "node:fs";
import { join } from "node:path";

import { readImage, type ReadImageOptions } from "../../lib/apply/read-image";
import { listPictures } from "../../lib/data/own/list-pictures";
import { clinicPicture } from "../helpers/dicom-picture";
import { rectangle, texture, writePicture } from "../helpers/pictures";
import { temporaryFolder } from "../helpers/temporary";
import { fillFolder, put } from "./helpers";

describe("readImage(image, options)", () => {
  const folder = temporaryFolder();
  const read = async (given: Partial<ReadImageOptions> = {}) => {
    const { images, bits } = await listPictures(folder.path, {}, null);
    return readImage(images[0]!, { lesion: true, bits, dicom: { frames: 1, area: null }, ...given });
  };
  const first = async (given: Partial<ReadImageOptions> = {}) => (await read(given)).images[0]!;

  it("reads a picture with its mask, or with its box", async () => {
    fillFolder(folder.path, ["a.png", "a_mask.png"]);
    const { picture, lesion, remarks } = await first();
    deepEqual([picture.width, picture.height, remarks], [60, 50, []]);
    equal((lesion.mask as { width: number }).width, 60);
    deepEqual((await first({ lesion: false })).lesion, {});
  });

  it("refuses a mask that cannot be one, unless a box says where the lesion is", async () => {
    fillFolder(folder.path, ["a.png"]);
    writePicture(join(folder.path, "a_mask.png"), texture(9), { width: 60, height: 50 });
    await rejects(read(), /a_mask\.png has many gray levels/);
    put(join(folder.path, "images.csv"), "image,x,y,width,height\na,20,15,18,14\n");
    const { lesion, remarks } = await first();
    deepEqual(lesion, { box: { left: 20, top: 15, width: 18, height: 14 } });
    match(remarks[0]!, /many gray levels.*The box was used\./);
  });

  it("tells of an image that looks like a mask, and of 12 bits that look like 16", async () => {
    writePicture(join(folder.path, "a.png"), rectangle(5, 5, 20, 20), { width: 60, height: 50 });
    match((await first()).remarks[0]!, /two levels alone/);
    const dark = (column: number) => (column % 16) / 2;
    writePicture(join(folder.path, "a.png"), dark, { width: 60, height: 50, depth: 16 });
    match((await first()).remarks[0]!, /16 bits and no gray level above \d+: .*--bits 12/);
    deepEqual((await first({ bits: 12 })).remarks, []);
  });

  it("refuses a file that is too large before it is read", async () => {
    const path = put(join(folder.path, "a.png"), "\x89PNG\r\n\x1a\n");
    truncateSync(path, 2 ** 30 + 1);
    await rejects(read(), /a\.png has 1\.\d+ G.*expected at most/);
  });

  it("crops DICOM to its tissue, and box and mask with it", async () => {
    put(join(folder.path, "scan"), clinicPicture({ text: { left: 20, top: 30 } }));
    put(join(folder.path, "images.csv"), "image,x,y,width,height,device\nscan,30,35,12,10,Other\n");
    const { picture, lesion, remarks, device, part } = await first();
    deepEqual([picture.width, picture.height, part], [60, 40, ""]);
    // The file says how long a pixel is.
    deepEqual(lesion, { box: { left: 20, top: 15, width: 12, height: 10 }, pixelSize: 0.2 });
    equal(device, "Other");
    match(remarks[0]!, /Text is burned into it/);
  });
});
