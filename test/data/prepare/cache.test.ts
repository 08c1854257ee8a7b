import { deepEqual, equal, match, ok } from "node:assert/strict";
import {
  appendFileSync,
  chmodSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

import { hashPixels, readCache, writeCache } from "../../../lib/data/prepare/cache";
import { identifyFiles } from "../../../lib/data/prepare/source-files";
import { temporaryFolder } from "../../helpers/temporary";
import { waitForFileClock } from "./example-files";

const folder = temporaryFolder();
const cache = () => join(folder.path, "hash");
const source = () => join(folder.path, "a.png");
const pixelsFile = () => join(cache(), "pixels.bin");
const manifestFile = () => join(cache(), "manifest.json");

const pixels = Float32Array.from({ length: 24 }, (_, place) => place / 7);
const content = {
  ids: ["a", "b ×"],
  pixels,
  pixelsHash: hashPixels(pixels),
  leftOut: [{ severity: "error", check: "cannot be prepared", images: ["c"], message: "c: no mask." }],
} as const;

/** Puts the images above into the cache. */
async function fill(): Promise<void> {
  writeFileSync(source(), "tissue");
  writeCache(cache(), content, await identifyFiles([source()]));
}

/** The reason that is given for not using the cache. */
async function damage(): Promise<string> {
  const state = await readCache(cache(), 12);
  return state.kind === "damaged" ? state.reason : state.kind;
}

describe("writeCache(folder, content, files) and readCache(folder, imageLength)", () => {
  it("give back what was kept, to the bit", async () => {
    await fill();
    deepEqual(await readCache(cache(), 12), { kind: "fresh", content });
    deepEqual(readdirSync(cache()).sort(), ["manifest.json", "pixels.bin"]);
    equal(readFileSync(pixelsFile()).length, 24 * 4);
  });

  it("say that nothing is there yet", async () => {
    deepEqual(await readCache(cache(), 12), { kind: "none" });
    await fill();
    // As after an interruption between the two files.
    rmSync(manifestFile());
    deepEqual(await readCache(cache(), 12), { kind: "none" });
  });

  it("name the files that changed", async () => {
    await fill();
    await waitForFileClock();
    writeFileSync(source(), "lesion");
    deepEqual(await readCache(cache(), 12), { kind: "changed", files: [source()] });
  });

  it("look only once at the content of a file that was touched", async () => {
    await fill();
    utimesSync(source(), 1000, 1000);
    const before = readFileSync(manifestFile(), "utf8");
    equal((await readCache(cache(), 12)).kind, "fresh");
    const after = readFileSync(manifestFile(), "utf8");
    ok(before !== after && after.includes('"1000000000000"'));
    equal((await readCache(cache(), 12)).kind, "fresh");
    equal(readFileSync(manifestFile(), "utf8"), after);
  });

  it("notice numbers that are cut off, too many, changed or gone", async () => {
    await fill();
    truncateSync(pixelsFile(), 90);
    match(await damage(), /pixels\.bin has 90 bytes, expected 96/);
    await fill();
    appendFileSync(pixelsFile(), "xxxx");
    match(await damage(), /has 100 bytes/);
    await fill();
    const bytes = readFileSync(pixelsFile());
    bytes[50]! ^= 1;
    writeFileSync(pixelsFile(), bytes);
    match(await damage(), /does not have the hash/);
    rmSync(pixelsFile());
    match(await damage(), /ENOENT/);
  });

  it("notice a manifest that is cut off, changed, or of images of another size", async () => {
    await fill();
    const text = readFileSync(manifestFile(), "utf8");
    for (const broken of ["", "null", "{}", text.slice(0, -20), text.replace('"a"', '"x"')]) {
      writeFileSync(manifestFile(), broken);
      match(await damage(), /manifest\.json is damaged/, broken);
    }
    await fill();
    equal((await readCache(cache(), 13)).kind, "damaged");
  });

  it("are not confused by another process that writes the same at the same time", async () => {
    await fill();
    const files = await identifyFiles([source()]);
    const readers = Promise.all(Array.from({ length: 5 }, () => readCache(cache(), 12)));
    for (let turn = 0; turn < 5; turn++) writeCache(cache(), content, files);
    ok((await readers).every(({ kind }) => kind === "fresh"));
  });

  it("read a cache that cannot be written", async () => {
    await fill();
    utimesSync(source(), 1000, 1000);
    chmodSync(cache(), 0o555);
    equal((await readCache(cache(), 12)).kind, "fresh");
    chmodSync(cache(), 0o755);
  });
});
