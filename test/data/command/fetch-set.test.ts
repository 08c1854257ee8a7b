import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { encode } from "fast-png";

import { fetchSet } from "../../../lib/data/command/fetch-set";
import { busi } from "../../../lib/data/sets/busi";
import type { DataSet } from "../../../lib/data/sets/data-set";
import { udiat } from "../../../lib/data/sets/udiat";
import { createRandom } from "../../../lib/runtime/random";
import { fileServer, serve } from "../../helpers/file-server";
import { temporaryFolder } from "../../helpers/temporary";
import { makeZip } from "../../helpers/zip";

const folder = temporaryFolder();
const clock = { now: () => new Date("2026-01-02T03:04:05Z"), seconds: () => 0 };
const random = createRandom(1);
const data = Uint8Array.from({ length: 40_000 }, () => random.integer(0, 255));
const picture = encode({ width: 200, height: 200, channels: 1, data });
const archive = makeZip(
  ["benign/benign (1).png", "malignant/malignant (1).png"].map((name) => ({
    name: `Dataset_BUSI_with_GT/${name}`,
    contents: picture,
    deflate: true,
  })),
);

/** BUSI, with the sum of our small archive. */
function withSum(sha256: string): DataSet {
  const download = { url: "https://unused.invalid/", file: "Dataset_BUSI.zip", sha256, unpack: true };
  return { ...busi, access: { kind: "download", downloads: [download] } };
}
const small = withSum(createHash("sha256").update(archive).digest("hex"));

describe("fetchSet(set, options)", () => {
  const server = fileServer();
  const give = (contents: Buffer) => {
    server.answer = serve({ contents });
  };

  it("downloads, checks and unpacks, tells how far it is, and notes where it came from", async () => {
    give(archive);
    const told: [string, number, number | null][] = [];
    const found = await fetchSet(small, {
      root: folder.path,
      from: `${server.url}/mirror/`,
      clock,
      onProgress: (...all) => told.push(all),
    });
    equal(found, join(folder.path, "busi", "Dataset_BUSI", "Dataset_BUSI_with_GT"));
    deepEqual(
      server.requests.map(({ path }) => path),
      ["/mirror/Dataset_BUSI.zip"],
    );
    deepEqual(told.at(-1), ["Dataset_BUSI.zip", archive.length, archive.length]);
    deepEqual(readFileSync(join(found, "benign", "benign (1).png")), Buffer.from(picture));
    match(readFileSync(join(folder.path, "busi", "source.json"), "utf8"), /"fetched": "2026-01-02T03:04:05\.000Z"/);
    deepEqual(readdirSync(join(folder.path, "busi")).sort(), ["Dataset_BUSI", "source.json"]);
  });

  it("refuses a file with a wrong sum, and leaves nothing that could be taken for the set", async () => {
    give(archive);
    await rejects(
      fetchSet(withSum("0".repeat(64)), { root: folder.path, from: server.url, clock }),
      /SHA-256.*0000.*/s,
    );
    equal(busi.recognise(folder.path), null);
  });

  it("goes on where a connection was cut", async () => {
    server.answer = serve({ contents: archive, etag: '"one"', cutAfter: 20_000 });
    await rejects(fetchSet(small, { root: folder.path, from: server.url, clock }), /again/);
    server.answer = serve({ contents: archive, etag: '"one"' });
    const found = await fetchSet(small, { root: folder.path, from: server.url, clock });
    equal(existsSync(join(found, "malignant", "malignant (1).png")), true);
    deepEqual(
      server.requests.map(({ range }) => range),
      [undefined, "bytes=20000-"],
    );
  });

  it("does not fetch what is there", async () => {
    give(archive);
    await fetchSet(small, { root: folder.path, from: server.url, clock });
    await rejects(
      fetchSet(small, { root: folder.path, from: server.url, clock }),
      /is already in .*verify busi checks it/,
    );
  });

  it("says how to get what cannot be downloaded", async () => {
    give(archive);
    await rejects(fetchSet(udiat, { root: folder.path, clock }), /cannot be downloaded by a program\. Ask its authors/);
    deepEqual(server.requests, []);
  });

  it("refuses an archive that climbs out of its folder, and writes nothing", async () => {
    const evil = makeZip([{ name: "../../evil.png", contents: "x" }]);
    give(evil);
    await rejects(
      fetchSet(withSum(createHash("sha256").update(evil).digest("hex")), {
        root: folder.path,
        from: server.url,
        clock,
      }),
      /evil\.png/,
    );
    equal(existsSync(join(folder.path, "evil.png")), false);
    equal(existsSync(join(folder.path, "..", "evil.png")), false);
  });
});
