import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { listPictures } from "../../../lib/data/own/list-pictures";
import { clinicPicture } from "../../helpers/dicom-picture";
import { temporaryFolder } from "../../helpers/temporary";
import { ownFolder } from "./helpers";

describe("listPictures(folder, said, boxes)", () => {
  const folder = temporaryFolder();
  const other = temporaryFolder();
  const own = ownFolder(() => folder.path);
  const [images, masks, text] = [own.images.bind(own), own.masks.bind(own), own.text.bind(own)];
  const list = (said = {}, boxes: string | null = null) => listPictures(folder.path, said, boxes);

  it("gives every file one fate, without a word on what images show", async () => {
    images("a.png", "sub/b.png", "0/c.png");
    masks("a_mask.png");
    text("notes.xyz", "?");
    text("images.csv", "image,x,y,width,height\nb,1,2,3,4\n");
    text("readme.txt", "hello");
    const { images: found, files, remarks } = await list();
    deepEqual(
      files.map(({ file, fate }) => [file, fate.kind]),
      [
        ["0/c.png", "image"],
        ["a_mask.png", "mask"],
        ["a.png", "image"],
        ["images.csv", "table"],
        ["notes.xyz", "refused"],
        ["readme.txt", "ignored"],
        ["sub/b.png", "image"],
      ],
    );
    deepEqual(
      found.map(({ id, masks: found, box, remarks: noticed }) => [id, found.length, box ?? null, noticed.length]),
      [
        ["0/c.png", 0, null, 1],
        ["a.png", 1, null, 1],
        ["sub/b.png", 0, { left: 1, top: 2, width: 3, height: 4 }, 0],
      ],
    );
    match(found[0]!.remarks[0]!, /images\.csv has no row of it/);
    deepEqual(remarks, []);
  });

  it("takes boxes and devices from a table that lies elsewhere, and no word of what it says beside", async () => {
    images("a.png", "b.png");
    text("images.csv", "image,label\na,benign\n");
    const table = join(other.path, "boxes.csv");
    writeFileSync(table, "image;x1;y1;x2;y2;device;label;age\na;1;2;5;7;GE 9;?;old\nb;;;;;;;\nz;1;1;2;2;;;\n");
    const { images: found, files, remarks } = await list({}, table);
    deepEqual(
      found.map(({ id, box, device, remarks: noticed }) => [id, box, device, noticed]),
      [
        ["a.png", { left: 1, top: 2, width: 4, height: 5 }, "GE 9", []],
        ["b.png", undefined, undefined, []],
      ],
    );
    equal(files.find(({ file }) => file === "images.csv")!.fate.kind, "left out");
    equal(remarks.length, 1);
    match(remarks[0]!, /there is no image "z"/);
  });

  it("tells of a box that cannot be read, at its image", async () => {
    images("a.png");
    text("boxes.csv", "image,x,y,w,h\na,1,2,three,4\n");
    const [{ box, remarks } = { box: undefined, remarks: [] }] = (await list()).images;
    equal(box, undefined);
    match(remarks[0]!, /boxes\.csv, row 2.*"1, 2, three, 4", expected a box/);
  });

  it("takes DICOM by what it holds, whatever it is called", async () => {
    images("a.png");
    writeFileSync(join(folder.path, "IM0001"), clinicPicture());
    const { images: found, files } = await list();
    deepEqual(
      found.map(({ id, dicom }) => [id, dicom]),
      [
        ["a.png", false],
        ["IM0001", true],
      ],
    );
    deepEqual(
      files.map(({ fate }) => fate.kind),
      ["image", "image"],
    );
  });

  it("leaves out what was said, and refuses what is no regular file", async () => {
    images("a.png", "old/b.png");
    execFileSync("mkfifo", [join(folder.path, "pipe.png")]);
    const { files } = await list({ leaveOut: ["old"] });
    deepEqual(
      files.map(({ file, fate }) => [file, fate.kind]),
      [
        ["a.png", "image"],
        ["old/b.png", "left out"],
        ["pipe.png", "refused"],
      ],
    );
  });

  it("asks where tables or masks are not clear", async () => {
    images("a.png");
    text("one.csv", "image,x,y,width,height\n");
    text("two.csv", "image,x,y,width,height\n");
    await rejects(list(), /There are 2 tables in the folder.*--table/);
    await rejects(list({ table: "none", masks: { suffix: "_roi" } }), /Masks were said to be named.*"_roi"/);
    const table = join(other.path, "patients.csv");
    writeFileSync(table, "patient,age\n1,50\n");
    await rejects(list({}, table), /patients\.csv has no column that names images.*--map image=COLUMN/);
    await rejects(list({}, join(other.path, "none.csv")), /none\.csv/);
  });

  it("passes over a table of the folder that names no images", async () => {
    images("a.png");
    text("patients.csv", "patient,age\n1,50\n");
    const { files, images: found } = await list();
    equal(found.length, 1);
    deepEqual(files[1]!.fate, { kind: "left out", why: "is a table that names no images" });
  });

  it("gives nothing of an empty folder", async () => {
    mkdirSync(join(folder.path, "empty"));
    deepEqual(await list(), { images: [], files: [], remarks: [], bits: undefined });
    copyFileSync(__filename, join(folder.path, "code.ts"));
    equal((await list()).images.length, 0);
  });
});
