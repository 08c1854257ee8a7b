import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { side as thumbnailSize } from "../../../lib/data/inspect/alike/thumbnail";
import { inspectImage } from "../../../lib/data/inspect/inspect-image";
import type { ImageRecord } from "../../../lib/data/records/record";
import { rectangle, texture, writePicture, type PictureForm } from "../../helpers/pictures";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();
const file = (name: string) => ({ kind: "file" as const, path: join(folder.path, name) });
const look = (record: Partial<ImageRecord> = {}) =>
  inspectImage({ id: "a", image: file("a.png"), masks: [file("m.png")], label: "benign", ...record }, (path) =>
    basename(path),
  );
const problems = async (record?: Partial<ImageRecord>) =>
  (await look(record)).findings.map(({ severity, check, file: name }) => `${severity}: ${check}: ${name}`);

/** Writes an image of 40 × 30 pixels and its mask. */
function makeFiles(form: PictureForm = {}, seed = 1) {
  writePicture(join(folder.path, "a.png"), texture(seed), form);
  writePicture(join(folder.path, "m.png"), rectangle(5, 6, 10, 8));
}

describe("inspectImage(record, nameFile)", () => {
  it("sees size, form and lesion", async () => {
    makeFiles();
    const { seen, findings } = await look();
    deepEqual(findings, []);
    deepEqual([seen!.width, seen!.height, seen!.channels, seen!.bits, seen!.coloredShare], [40, 30, 1, 8, 0]);
    deepEqual(seen!.lesion, { box: { left: 5, top: 6, width: 10, height: 8 } });
    equal(Buffer.from(seen!.thumbnail, "base64").length, thumbnailSize ** 2);
  });

  it("gives one pixel hash to one picture, however it is stored, and another to another", async () => {
    makeFiles();
    const plain = (await look()).seen!;
    for (const form of [{ channels: 3 }, { channels: 4 }, { depth: 16 }] as const) {
      makeFiles(form);
      const other = (await look()).seen!;
      equal(other.pixelHash, plain.pixelHash);
      notEqual(other.contentHash, plain.contentHash);
    }
    makeFiles({}, 2);
    notEqual((await look()).seen!.pixelHash, plain.pixelHash);
  });

  it("has another content hash when a mask changes alone", async () => {
    makeFiles();
    const before = (await look()).seen!.contentHash;
    writePicture(join(folder.path, "m.png"), rectangle(5, 6, 10, 9));
    notEqual((await look()).seen!.contentHash, before);
  });

  it("reports an image that is cut off or missing, and does not throw", async () => {
    makeFiles();
    const bytes = readFileSync(join(folder.path, "a.png"));
    writeFileSync(join(folder.path, "a.png"), bytes.subarray(0, bytes.length / 2));
    const { seen, findings } = await look();
    equal(seen, null);
    match(findings[0]!.message, /a\.png cannot be decoded/);
    deepEqual(await problems({ image: file("none.png") }), ["error: image that cannot be read: none.png"]);
  });

  it("reports a mask of another size, one that is cut off, and one without a lesion", async () => {
    makeFiles();
    writePicture(join(folder.path, "other.png"), rectangle(1, 1, 5, 5), { width: 20, height: 30 });
    writePicture(join(folder.path, "empty.png"), () => 0);
    writeFileSync(join(folder.path, "cut.png"), readFileSync(join(folder.path, "m.png")).subarray(0, 60));
    deepEqual(await problems({ masks: [file("other.png")] }), ["error: mask of another size: other.png"]);
    deepEqual(await problems({ masks: [file("empty.png")] }), ["error: mask without a lesion: empty.png"]);
    deepEqual(await problems({ masks: [file("cut.png")] }), ["error: mask that cannot be read: cut.png"]);
    match(
      (await look({ masks: [file("other.png")] })).findings[0]!.message,
      /other\.png has 20 × 30 pixels, its image 40 × 30; expected the same/,
    );
  });

  it("takes an empty mask of normal tissue for what it should be, and a lesion in it for odd", async () => {
    makeFiles();
    writePicture(join(folder.path, "empty.png"), () => 0);
    deepEqual(await problems({ label: "normal", masks: [file("empty.png")] }), []);
    deepEqual(await problems({ label: "normal" }), ["warning: lesion in a normal image: m.png"]);
  });

  it("reports a box outside the image, and one that is not the mask's", async () => {
    makeFiles();
    deepEqual(await problems({ box: { left: 35, top: 6, width: 10, height: 8 } }), [
      "error: box outside the image: a.png",
    ]);
    deepEqual(await problems({ box: { left: -1, top: 6, width: 10, height: 8 } }), [
      "error: box outside the image: a.png",
    ]);
    deepEqual(await problems({ box: { left: 5, top: 6, width: 20, height: 8 } }), [
      "warning: box is not the mask's: a.png",
    ]);
    deepEqual(await problems({ box: { left: 6, top: 5, width: 10, height: 9 } }), [], "a pixel or two are rounding");
  });

  it("reports a stated size that is wrong, and a blank image", async () => {
    makeFiles();
    deepEqual(await problems({ statedSize: { width: 40, height: 31 } }), ["note: stated size is wrong: a.png"]);
    writePicture(join(folder.path, "a.png"), () => 7);
    deepEqual(await problems(), ["error: blank image: a.png"]);
  });

  it("finds 12 bits in 16, until it is said which bits hold the levels", async () => {
    makeFiles();
    writePicture(join(folder.path, "a.png"), (column, row) => texture(1)(column, row) / 20, { depth: 16 });
    deepEqual(await problems(), ["error: range of gray levels: a.png"]);
    match((await look()).findings[0]!.message, /16 bits and no gray level above \d+.*--bits 12/);
    const said = (bits: number) => ({ image: { ...file("a.png"), bits } });
    deepEqual(await problems(said(12)), []);
    deepEqual(await problems(said(16)), []);
    deepEqual(await problems(said(9)), ["error: image that cannot be read: a.png"]);
  });

  it("finds a mask that is taken for an image, and masks that cannot be right, as errors of one's own set alone", async () => {
    makeFiles();
    writePicture(join(folder.path, "a.png"), rectangle(5, 6, 10, 8));
    writePicture(join(folder.path, "m.png"), (column, row) => 255 - rectangle(5, 6, 10, 8)(column, row));
    const expected = ["image that looks like a mask: a.png", "mask that is inverted: m.png"];
    deepEqual(
      await problems(),
      expected.map((one) => `error: ${one}`),
    );
    const record = { id: "a", image: file("a.png"), masks: [file("m.png")], label: "benign" } as const;
    const published = await inspectImage(record, (path) => basename(path), true);
    deepEqual(
      published.findings.map(({ severity, check, file: name }) => `${severity}: ${check}: ${name!}`),
      expected.map((one) => `warning: ${one}`),
    );
  });

  it("measures how much of an image is coloured", async () => {
    makeFiles({ channels: 3 });
    equal((await look()).seen!.coloredShare, 0);
  });

  it("gives one box to a lesion in pieces", async () => {
    makeFiles();
    writePicture(join(folder.path, "m.png"), (column, row) =>
      Math.max(rectangle(0, 3, 4, 4)(column, row), rectangle(20, 20, 4, 4)(column, row)),
    );
    deepEqual((await look()).seen!.lesion, { box: { left: 0, top: 3, width: 24, height: 21 } });
  });

  it("reports a mask that is a folder, and does not throw", async () => {
    makeFiles();
    const { seen, findings } = await look({ masks: [{ kind: "file", path: folder.path }] });
    deepEqual(
      findings.map(({ check }) => check),
      ["mask that cannot be read"],
    );
    equal(seen!.width, 40);
  });

  it("takes the region of a radio-frequency scan for a mask, also where it is empty", async () => {
    const path = join(__dirname, "..", "records", "fixtures", "scans.mat");
    const scan = (lesion: number) => ({
      image: { kind: "scan" as const, path, lesion, field: "rf1" },
      masks: [{ kind: "scan" as const, path, lesion, field: "roi1" }],
    });
    const first = (await look(scan(0))).seen!;
    deepEqual(first.lesion!.box, { left: 16, top: 3, width: 32, height: 7 });
    notEqual(first.contentHash, (await look({ ...scan(0), masks: [] })).seen!.contentHash);
    // The second lesion of the fixture has no region.
    deepEqual(await problems(scan(1)), ["error: mask without a lesion: scans.mat"]);
  });
});
