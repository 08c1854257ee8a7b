import { deepEqual, equal, rejects } from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { cropPicture, isDicomFile, lookAtDicom } from "../../../lib/data/command/look-at-dicom";
import { walkFiles } from "../../../lib/data/own/walk-files";
import { pictureElements, writeDicom, type ElementList } from "../../helpers/dicom";
import { clinicPicture } from "../../helpers/dicom-picture";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();
const put = (name: string, bytes: Uint8Array) => {
  const path = join(folder.path, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
};
const look = (frames = 1, area: Parameters<typeof lookAtDicom>[1]["area"] = null) =>
  lookAtDicom(walkFiles(folder.path), { frames, area });

describe("isDicomFile(file)", () => {
  it("goes by what a file holds, and not by its name", () => {
    put("IM0001", clinicPicture());
    put("text.dcm", Buffer.from("hello"));
    put("empty", Buffer.alloc(0));
    deepEqual(
      walkFiles(folder.path).map((file) => [file.parts.join(), isDicomFile(file)]),
      [
        ["empty", false],
        ["IM0001", true],
        ["text.dcm", false],
      ],
    );
  });
});

describe("lookAtDicom(files, settings)", () => {
  it("keeps the tissue, which takes away the name above it, and tells of text that stays", async () => {
    put("a", clinicPicture());
    put("b", clinicPicture({ text: { left: 20, top: 30 } }));
    const { images, leftOut } = await look();
    equal(leftOut.size, 0);
    deepEqual(
      images.map(({ box, pixelSize }) => [box, pixelSize]),
      [0, 1].map(() => [{ left: 10, top: 20, width: 60, height: 40 }, 0.2]),
    );
    equal(images[0]!.texts.length, 0);
    equal(images[1]!.texts.length, 1);
    const { left, top } = images[1]!.texts[0]!;
    deepEqual([left, top], [10, 10]);
  });

  it("leaves out and counts what shows flow, colours, or no tissue", async () => {
    const region: ElementList = {
      "0018,6012": ["US", 1],
      "0018,6014": ["US", 1],
      "0018,6018": ["UL", 0],
      "0018,601a": ["UL", 0],
      "0018,601c": ["UL", 9],
      "0018,601e": ["UL", 9],
      "0018,6024": ["US", 3],
      "0018,6026": ["US", 3],
      "0018,602c": ["FD", 0.02],
      "0018,602e": ["FD", 0.02],
    };
    const spectrum: ElementList = { ...region, "0018,6012": ["US", 3], "0018,6014": ["US", 3] };
    const flow: ElementList = { ...region, "0018,6014": ["US", 2] };
    const write = (items: readonly ElementList[], others: ElementList = {}) =>
      writeDicom(pictureElements(10, 10, new Uint8Array(300), { "0018,6011": ["SQ", items], ...others }));
    put("1-flow", write([region, flow]));
    put("2-spectrum", write([spectrum]));
    const colour = new Uint8Array(300).map((_, place) => (place % 3 === 0 ? 200 : 20));
    put(
      "3-colour",
      write([region], { "0028,0002": ["US", 3], "0028,0004": ["CS", "RGB"], "7fe0,0010": ["OW", colour] }),
    );
    const { images, leftOut } = await look();
    equal(images.length, 0);
    deepEqual([...leftOut.values()].flat().sort(), ["1-flow", "2-spectrum", "3-colour"]);
  });

  it("takes the middle frame of a loop, or several", async () => {
    put("loop", clinicPicture({ others: { "0028,0008": ["IS", "5"], "7fe0,0010": ["OW", new Uint8Array(5 * 8000)] } }));
    deepEqual(
      (await look()).images.map(({ frame }) => frame),
      [2],
    );
    deepEqual(
      (await look(2)).images.map(({ frame }) => frame),
      [1, 3],
    );
  });

  it("asks what is kept where a file does not say where the tissue is", async () => {
    put("bare", clinicPicture({ region: false }));
    await rejects(look(), (error: Error) =>
      error.message.includes("bare does not say where in the picture the tissue is"),
    );
    equal((await look(1, "whole")).images[0]!.box, null);
    const area = { left: 5, top: 6, width: 7, height: 8 };
    deepEqual((await look(1, area)).images[0]!.box, area);
    await rejects(look(1, { ...area, width: 100 }), /bare has 100 × 80 pixels, and the area 5,6,100,8 lies not within/);
  });

  it("names a file that is damaged", async () => {
    put("damaged", clinicPicture().subarray(0, 5000));
    await rejects(look(), /damaged cannot be read as DICOM/);
  });
});

describe("cropPicture(picture, box)", () => {
  it("takes a part out, row by row", () => {
    const picture = { width: 4, height: 3, pixels: Float32Array.from({ length: 12 }, (_, place) => place) };
    deepEqual([...cropPicture(picture, { left: 1, top: 1, width: 2, height: 2 }).pixels], [5, 6, 9, 10]);
    equal(cropPicture(picture, null).width, 4);
  });
});
