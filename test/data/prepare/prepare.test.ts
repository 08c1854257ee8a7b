import { deepEqual, equal, match, notEqual, rejects } from "node:assert/strict";
import { readdirSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { checkPreparation } from "../../../lib/data/prepare/configuration";
import { prepare, type PrepareOptions } from "../../../lib/data/prepare/prepare";
import { prepareImage } from "../../../lib/data/prepare/prepare-image";
import type { Prepared } from "../../../lib/data/prepare/prepared";
import type { ImageRecord } from "../../../lib/data/records/record";
import { temporaryFolder } from "../../helpers/temporary";
import { drawMask, drawPicture, waitForFileClock, writeExamples, writePng } from "./example-files";

const folder = temporaryFolder();
const size = 12;
const cacheFolder = () => join(folder.path, "cache");
const prepareCached = (records: readonly ImageRecord[], options: Partial<PrepareOptions> = {}) =>
  prepare(records, { size }, { cacheFolder: cacheFolder(), ...options });

/** The numbers of one image. */
const imageOf = ({ ids, pixels, size, channels }: Prepared, id: string) => {
  const length = size * size * channels.length;
  return pixels.slice(ids.indexOf(id) * length, (ids.indexOf(id) + 1) * length);
};

/** The file of an image that surely is one. */
const pathOf = ({ image }: ImageRecord) => (image.kind === "file" ? image.path : "");

describe("prepare(records, configuration, options)", () => {
  it("prepares every image from its files, in the order of the records", async () => {
    const records = writeExamples(folder.path, 5);
    const prepared = await prepare(records, { size, channels: ["gray", "mask"] });
    deepEqual(
      prepared.ids,
      records.map(({ id }) => id),
    );
    deepEqual([...prepared.labels], [0, 1, 0, 1, 0]);
    deepEqual([prepared.pixels.length, prepared.size, prepared.channels], [5 * 12 * 12 * 2, 12, ["gray", "mask"]]);
    deepEqual(prepared.configuration, checkPreparation({ size, channels: ["gray", "mask"] }));
    deepEqual([prepared.fromCache, prepared.leftOut, prepared.notices], [false, [], []]);
    const picture = drawPicture(40, 30, 3);
    const mask = drawMask(40, 30, [21, 14, 6, 4]);
    deepEqual(imageOf(prepared, "image 3"), prepareImage({ id: "", picture, mask }, prepared.configuration));
  });

  it("does not depend on the order of the records, nor on how many are read at once", async () => {
    const records = writeExamples(folder.path, 7);
    const one = await prepare(records, { size }, { atOnce: 1 });
    const other = await prepare([...records].reverse(), { size }, { atOnce: 7 });
    for (const { id } of records) deepEqual(imageOf(one, id), imageOf(other, id));
    equal((await prepare(records, { size }, { atOnce: 3 })).hash, one.hash);
  });

  it("has another hash for other numbers, settings, names or classes", async () => {
    const records = writeExamples(folder.path, 3);
    const hash = (await prepare(records, { size })).hash;
    match(hash, /^[0-9a-f]{64}$/);
    const renamed = records.map((record) => ({ ...record, id: `${record.id} b` }));
    const relabelled = records.map((record) => ({ ...record, label: "benign" as const }));
    const others = [
      await prepare(renamed, { size }),
      await prepare(relabelled, { size }),
      await prepare(records, { size, padding: "black" }),
    ];
    writePng(pathOf(records[0]!), drawPicture(40, 30, 99));
    others.push(await prepare(records, { size }));
    equal(new Set([hash, ...others.map((other) => other.hash)]).size, 5);
  });

  it("tells how far it is", async () => {
    const told: string[] = [];
    const onProgress = (done: number, total: number) => void told.push(`${done}/${total}`);
    await prepareCached(writeExamples(folder.path, 3), { onProgress });
    deepEqual(told, ["1/3", "2/3", "3/3"]);
    await prepareCached(writeExamples(folder.path, 3), { onProgress });
    deepEqual(told.slice(3), ["3/3"]);
  });

  describe("with a cache", () => {
    it("takes from it what was prepared before", async () => {
      const records = writeExamples(folder.path, 4);
      const [first, second] = [await prepareCached(records), await prepareCached(records)];
      deepEqual([first.fromCache, second.fromCache], [false, true]);
      deepEqual({ ...second, fromCache: false }, first);
      equal(readdirSync(cacheFolder()).length, 1);
    });

    it("notices a file with other content of the same length, under the same time", async () => {
      const records = writeExamples(folder.path, 4);
      // Without compression, both files have the same length.
      const path = pathOf(records[1]!);
      const write = (variant: number) => {
        const { width, height, pixels } = drawPicture(40, 30, variant);
        writeFileSync(path, bitmap(width, height, pixels));
        utimesSync(path, 1_700_000_000, 1_700_000_000);
      };
      write(1);
      const first = await prepareCached(records);
      const before = statSync(path, { bigint: true });
      await waitForFileClock();
      write(50);
      const after = statSync(path, { bigint: true });
      deepEqual([after.size, after.mtimeNs], [before.size, before.mtimeNs]);
      const second = await prepareCached(records);
      equal(second.fromCache, false);
      match(second.notices[0]!.message, /1 file has changed.*image 1\.png/);
      notEqual(second.hash, first.hash);
      deepEqual(imageOf(second, "image 0"), imageOf(first, "image 0"));
      equal((await prepareCached(records)).hash, second.hash);
      equal((await prepareCached(records)).fromCache, true);
    });

    it("notices a changed mask, and does not look at masks that are not used", async () => {
      const records = writeExamples(folder.path, 3);
      const whole = { size, region: { kind: "whole" } } as const;
      await prepareCached(records);
      await prepare(records, whole, { cacheFolder: cacheFolder() });
      await waitForFileClock();
      writePng(join(folder.path, "image 2 mask.png"), drawMask(40, 30, [10, 10, 5, 5]));
      equal((await prepareCached(records)).fromCache, false);
      equal((await prepare(records, whole, { cacheFolder: cacheFolder() })).fromCache, true);
    });

    it("takes a copy of the same content for the same", async () => {
      const records = writeExamples(folder.path, 3);
      await prepareCached(records);
      await waitForFileClock();
      writeExamples(folder.path, 3);
      equal((await prepareCached(records)).fromCache, true);
    });

    it("keeps other settings and other images apart", async () => {
      const records = writeExamples(folder.path, 4);
      const one = await prepareCached(records);
      const smaller = await prepare(records, { size: 10 }, { cacheFolder: cacheFolder() });
      const fewer = await prepareCached(records.slice(1));
      deepEqual([smaller.fromCache, fewer.fromCache], [false, false]);
      deepEqual([smaller.pixels.length, fewer.ids.length], [4 * 100, 3]);
      deepEqual((await prepareCached(records)).pixels, one.pixels);
    });

    it("takes classes from the records, never from the cache", async () => {
      const records = writeExamples(folder.path, 4);
      await prepareCached(records);
      const corrected = records.map((record) => ({ ...record, label: "malignant" as const }));
      const again = await prepareCached(corrected);
      deepEqual([again.fromCache, [...again.labels]], [true, [1, 1, 1, 1]]);
    });

    it("makes again what is damaged, and says so", async () => {
      const records = writeExamples(folder.path, 4);
      const first = await prepareCached(records);
      const [name] = readdirSync(cacheFolder());
      truncateSync(join(cacheFolder(), name!, "pixels.bin"), 100);
      const second = await prepareCached(records);
      deepEqual([second.fromCache, second.hash, second.pixels], [false, first.hash, first.pixels]);
      match(second.notices[0]!.message, /damaged \(pixels\.bin has 100 bytes.*made again/);
      equal(second.notices[0]!.severity, "warning");
      deepEqual((await prepareCached(records)).notices, []);
    });

    it("goes on without a cache that cannot be written, and says so", async () => {
      writeFileSync(cacheFolder(), "a file where the folder should be");
      const prepared = await prepareCached(writeExamples(folder.path, 2));
      equal(prepared.ids.length, 2);
      // The one of reading may come before.
      match(prepared.notices.at(-1)!.message, /could not be kept/);
    });

    it("is not harmed by two preparations at once", async () => {
      const records = writeExamples(folder.path, 4);
      const both = await Promise.all([prepareCached(records), prepareCached(records)]);
      equal(both[0].hash, both[1].hash);
      equal((await prepareCached(records)).hash, both[0].hash);
      equal((await prepareCached(records)).fromCache, true);
    });
  });

  describe("with images that cannot be prepared", () => {
    /** Images of which the second has no mask and the fourth no file. */
    function writeBroken(): ImageRecord[] {
      const records = writeExamples(folder.path, 5);
      rmSync(pathOf(records[3]!));
      return records.map((record, index) => (index === 1 ? { ...record, masks: [] } : record));
    }

    it("stops, names the first and counts the others", async () => {
      await rejects(prepare(writeBroken(), { size }), (error: Error) => {
        match(error.message, /image 1 cannot be prepared.*1 more image cannot.*leave-out/);
        return true;
      });
      await rejects(prepareCached(writeBroken()), /image 1 cannot/);
      await rejects(prepareCached(writeBroken()), /image 1 cannot/);
    });

    it("leaves them out where this is asked for, and lists them", async () => {
      const records = writeBroken();
      const whole = await prepare([records[0]!, records[2]!, records[4]!], { size });
      for (const fromCache of [false, true]) {
        const prepared = await prepareCached(records, { onError: "leave-out" });
        equal(prepared.fromCache, fromCache);
        deepEqual(prepared.ids, ["image 0", "image 2", "image 4"]);
        deepEqual([...prepared.labels], [0, 0, 0]);
        deepEqual(prepared.pixels, whole.pixels);
        deepEqual(
          prepared.leftOut.map(({ severity, images }) => [severity, ...images]),
          [
            ["error", "image 1"],
            ["error", "image 3"],
          ],
        );
        match(prepared.leftOut[1]!.message, /image 3.*image 3\.png is missing/);
      }
    });

    it("takes them in again once they are mended", async () => {
      const records = writeBroken();
      await prepareCached(records, { onError: "leave-out" });
      writePng(pathOf(records[3]!), drawPicture(40, 30, 3));
      const mended = await prepareCached(records, { onError: "leave-out" });
      deepEqual(mended.ids, ["image 0", "image 2", "image 3", "image 4"]);
    });

    it("stops where none is left", async () => {
      const records = writeExamples(folder.path, 2).map((record) => ({ ...record, masks: [] }));
      await rejects(prepare(records, { size }, { onError: "leave-out" }), /Of 2 images, none is left/);
      await rejects(prepare([], { size }), /Of 0 images, none is left/);
    });
  });

  describe("with images of normal tissue", () => {
    const writeMixed = () =>
      writeExamples(folder.path, 6, (index) => (["benign", "malignant", "normal"] as const)[index % 3]!);

    it("stops and says what can be done", async () => {
      await rejects(
        prepare(writeMixed(), { size }),
        /2 of 6 images show normal tissue, "image 2" first.*leave-out.*benign/,
      );
    });

    it("leaves them out or counts them as benign", async () => {
      const without = await prepare(writeMixed(), { size }, { normal: "leave-out" });
      deepEqual([...without.labels], [0, 1, 0, 1]);
      deepEqual(
        without.leftOut.map(({ severity, images }) => [severity, ...images]),
        [["note", "image 2", "image 5"]],
      );
      deepEqual([...(await prepare(writeMixed(), { size }, { normal: "benign" })).labels], [0, 1, 0, 0, 1, 0]);
    });
  });

  it("names bad options", async () => {
    const records = writeExamples(folder.path, 1);
    await rejects(prepare(records, { sizes: 3 } as never), /no option "sizes"/);
    await rejects(prepare(records, {}, { cacheFoldr: "x" } as never), /no option "cacheFoldr".*"cacheFolder"/);
    await rejects(prepare(records, {}, { onError: "ignore" as never }), /onError: "ignore".*"stop" or "leave-out"/);
    await rejects(prepare(records, {}, { normal: "malignant" as never }), /normal: "malignant"/);
    await rejects(prepare(records, {}, { atOnce: 0 }), /atOnce: 0/);
    await rejects(prepare([...records, ...records], {}), /Two images have the name "image 0"/);
  });

  it("names the images of which the pixel size is not known where millimetres are asked for, before any is read", async () => {
    const records = writeExamples(folder.path, 6).map((record, index) =>
      index === 2 ? { ...record, pixelSize: 0.5 } : record,
    );
    const region = { kind: "square", margin: 2, unit: "millimetres" } as const;
    const cached = { cacheFolder: cacheFolder() };
    await rejects(
      prepare(records, { size, region }, cached),
      /pixel size of image 0, image 1, image 3 and 2 more is not known/,
    );
    const { ids, leftOut } = await prepare(records, { size, region }, { onError: "leave-out" });
    deepEqual([ids, leftOut.length], [["image 2"], 5]);
    const known = records.map((record) => ({ ...record, pixelSize: 0.5 }));
    const four = await prepare(known, { size, region }, cached);
    const plain = await prepare(known, { size, region: { ...region, margin: 4, unit: "pixels" } });
    deepEqual(four.pixels, plain.pixels);
    // The cache knows images by their pixel size, too.
    const finer = known.map((record) => ({ ...record, pixelSize: 0.25 }));
    equal((await prepare(finer, { size, region }, cached)).fromCache, false);
    equal((await prepare(known, { size, region }, cached)).fromCache, true);
  });

  it("says how much memory would be needed", async () => {
    const [record] = writeExamples(folder.path, 1) as [ImageRecord];
    const many = Array.from({ length: 200_000 }, (_, index) => ({ ...record, id: String(index) }));
    const channels = ["gray", "gray", "gray", "gray", "gray", "gray"] as const;
    await rejects(prepare(many, { size: 2048, channels }), /200000 images.*need 18750\.0 GB of memory/);
  });
});

/** A bitmap of 8 bits, which is not compressed; its rows must be whole numbers of four bytes long, as those of 40 are. */
function bitmap(width: number, height: number, pixels: Float32Array): Buffer {
  const header = Buffer.alloc(54 + 1024);
  header.write("BM");
  header.writeUInt32LE(header.length + width * height, 2);
  header.writeUInt32LE(header.length, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(-height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(8, 28);
  for (let level = 0; level < 256; level++) header.fill(level, 54 + level * 4, 57 + level * 4);
  return Buffer.concat([header, Buffer.from(Uint8Array.from(pixels, (level) => Math.round(level * 255)))]);
}
