import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { download, type DownloadOptions } from "../../lib/files/download";
import type { Clock } from "../../lib/runtime/environment";
import { Problem } from "../../lib/runtime/problem";
import { createRandom } from "../../lib/runtime/random";
import { temporaryFolder } from "../helpers/temporary";
import { fileServer, serve } from "../helpers/file-server";
import { fillDisk, onSmallDisk } from "../helpers/small-disk";

const random = createRandom(1);
const contents = Buffer.from(Uint8Array.from({ length: 300_000 }, () => random.integer(0, 255)));
const other = Buffer.from(contents).reverse();
const md5 = createHash("md5").update(contents).digest("hex");
const sha256 = createHash("sha256").update(contents).digest("hex");

describe("download(options)", () => {
  const folder = temporaryFolder();
  const server = fileServer();
  const get = (more: Partial<DownloadOptions> = {}) =>
    download({ url: `${server.url}/file`, file: join(folder.path, "set", "file.zip"), ...more });
  const names = () => readdirSync(join(folder.path, "set")).sort();
  const isWhole = (bytes = contents) => {
    deepEqual(names(), ["file.zip"]);
    equal(readFileSync(join(folder.path, "set", "file.zip")).equals(bytes), true);
  };
  const partLength = () => readFileSync(join(folder.path, "set", "file.zip.part")).length;
  const problemOf = async (more: Partial<DownloadOptions> = {}) => {
    try {
      await get(more);
    } catch (error) {
      equal(error instanceof Problem, true, String(error));
      return (error as Problem).message;
    }
    return "no problem";
  };

  it("gets a whole file, and says how far it is", async () => {
    server.answer = serve({ contents });
    const told: (number | null)[][] = [];
    const onProgress = (done: number, total: number | null) => {
      told.push([done, total]);
    };
    equal(
      await get({ expected: { md5, sha256: sha256.toUpperCase(), bytes: contents.length }, onProgress }),
      "downloaded",
    );
    isWhole();
    deepEqual(told.at(-1), [contents.length, contents.length]);
    deepEqual(
      told,
      [...told].sort((one, next) => one[0]! - next[0]!),
    );
  });

  it("gets an empty file, and one of unknown length", async () => {
    server.answer = serve({ contents: Buffer.alloc(0) });
    await get();
    isWhole(Buffer.alloc(0));
    rmSync(join(folder.path, "set"), { recursive: true });
    server.answer = serve({ contents, length: false });
    await get();
    isWhole();
  });

  it("does not ask for a file that is there, but for one that is not the expected one", async () => {
    mkdirSync(join(folder.path, "set"));
    writeFileSync(join(folder.path, "set", "file.zip"), contents);
    equal(await get({ expected: { sha256 } }), "there already");
    equal(await get(), "there already");
    equal(server.requests.length, 0);
    server.answer = serve({ contents });
    for (const damaged of [other, contents.subarray(1)]) {
      writeFileSync(join(folder.path, "set", "file.zip"), damaged);
      equal(await get({ expected: { sha256 } }), "downloaded");
      isWhole();
    }
  });

  for (const [name, mark] of [
    ["ETag", { etag: '"v1"' }],
    ["date", { modified: "Wed, 21 Oct 2015 07:28:00 GMT" }],
    ["date, not the weak ETag", { etag: 'W/"v1"', modified: "Wed, 21 Oct 2015 07:28:00 GMT" }],
  ] as const) {
    it(`continues after the connection was cut, tied to the ${name}`, async () => {
      server.answer = serve({ contents, ...mark, cutAfter: 100_000 });
      match(
        await problemOf(),
        /cannot be downloaded: the connection was cut, after 100\.0 kB\. .*run again: it continues/,
      );
      deepEqual(names(), ["file.zip.part", "file.zip.part.json"]);
      server.answer = serve({ contents, ...mark });
      await get();
      isWhole();
      const { range, ifRange } = server.requests[1]!;
      deepEqual([range, ifRange], ["bytes=100000-", "modified" in mark ? mark.modified : mark.etag]);
    });
  }

  it("continues without a mark where the checksum is known, and only there", async () => {
    server.answer = serve({ contents, cutAfter: 100_000 });
    await problemOf();
    server.answer = serve({ contents });
    await get({ expected: { md5 } });
    isWhole();
    equal(server.requests[1]!.range, "bytes=100000-");
    rmSync(join(folder.path, "set"), { recursive: true });
    server.answer = serve({ contents, cutAfter: 100_000 });
    await problemOf();
    server.answer = serve({ contents });
    await get();
    isWhole();
    equal(server.requests[3]!.range, undefined);
  });

  it("continues many times", async () => {
    server.answer = serve({ contents, etag: '"v1"', cutAfter: 50_000 });
    for (let time = 1; time <= 5; time++) {
      await problemOf();
      equal(partLength(), time * 50_000);
    }
    await get();
    isWhole();
  });

  it("starts over at a server that gives no parts", async () => {
    server.answer = serve({ contents, etag: '"v1"', cutAfter: 100_000 });
    await problemOf();
    server.answer = serve({ contents, etag: '"v1"', ranges: false });
    await get({ expected: { md5 } });
    isWhole();
    equal(server.requests.length, 2);
  });

  it("starts over where the file has changed, or comes from another address", async () => {
    for (const [path, etag] of [
      ["file", '"v2"'],
      ["other", '"v1"'],
    ] as const) {
      server.answer = serve({ contents: other, etag: '"v1"', cutAfter: 100_000 });
      await problemOf();
      server.answer = serve({ contents, etag });
      await get({ url: `${server.url}/${path}` });
      isWhole();
      rmSync(join(folder.path, "set"), { recursive: true });
    }
  });

  it("starts over where a part is answered by another part, or by one of another whole", async () => {
    for (const range of ["bytes 0-299999/300000", "bytes 100000-299999/300001", "nonsense"]) {
      server.answer = serve({ contents: other, etag: '"v1"', cutAfter: 100_000 });
      await problemOf();
      server.answer = (request, response) => {
        if (request.headers.range === undefined) serve({ contents })(request, response);
        else response.writeHead(206, { "Content-Range": range }).end(other);
      };
      await get();
      isWhole();
      rmSync(join(folder.path, "set"), { recursive: true });
    }
  });

  it("knows a part that is whole, with and without a checksum", async () => {
    const part = join(folder.path, "set", "file.zip.part");
    const leave = (bytes: Buffer) => {
      rmSync(join(folder.path, "set"), { recursive: true, force: true });
      mkdirSync(join(folder.path, "set"));
      writeFileSync(part, bytes);
      writeFileSync(
        `${part}.json`,
        JSON.stringify({ url: `${server.url}/file`, validator: '"v1"', total: bytes.length }),
      );
    };
    server.answer = serve({ contents, etag: '"v1"' });
    leave(contents);
    await get({ expected: { md5 } });
    isWhole();
    equal(server.requests.length, 0);
    leave(contents);
    await get();
    isWhole();
    deepEqual(
      server.requests.map(({ range }) => range),
      ["bytes=300000-"],
    );
    // Longer than the file: not a part of it.
    leave(Buffer.concat([other, other]));
    await get({ expected: { bytes: contents.length } });
    isWhole();
    leave(Buffer.concat([other, other]));
    await get();
    isWhole();
  });

  it("starts over where what is remembered cannot be read", async () => {
    for (const note of ["", "null", "[]", '{"url":1}', '{"url":']) {
      mkdirSync(join(folder.path, "set"));
      writeFileSync(join(folder.path, "set", "file.zip.part"), other);
      writeFileSync(join(folder.path, "set", "file.zip.part.json"), note);
      server.answer = serve({ contents });
      await get({ expected: { md5 } });
      isWhole();
      rmSync(join(folder.path, "set"), { recursive: true });
    }
  });

  it("keeps nothing of a file with another checksum, and says expected and found", async () => {
    server.answer = serve({ contents: other });
    const found = createHash("md5").update(other).digest("hex");
    const message = await problemOf({ expected: { md5 } });
    equal(
      message,
      `What ${server.url}/file gives has the MD5 sum ${found}, expected ${md5}. It was not kept. Run again; if it stays, the file has changed there: look at its page, or download it by hand to ${join(folder.path, "set", "file.zip")}.`,
    );
    deepEqual(names(), []);
    match(await problemOf({ expected: { sha256 } }), /has the SHA-256 sum [0-9a-f]{64}, expected [0-9a-f]{64}/);
  });

  it("keeps the old file until the new one is right", async () => {
    mkdirSync(join(folder.path, "set"));
    writeFileSync(join(folder.path, "set", "file.zip"), "old");
    server.answer = serve({ contents: other });
    await problemOf({ expected: { md5 } });
    equal(readFileSync(join(folder.path, "set", "file.zip"), "utf8"), "old");
  });

  it("refuses another length before and while it comes", async () => {
    server.answer = serve({ contents });
    match(await problemOf({ expected: { bytes: 5 } }), /has 300000 bytes, expected 5\. It was not kept/);
    server.answer = serve({ contents, length: false });
    match(await problemOf({ expected: { bytes: 5 } }), /has more than 5 bytes, expected 5/);
    match(await problemOf({ expected: { bytes: 300_001 } }), /has 300000 bytes, expected 300001/);
    deepEqual(names(), []);
  });

  it("says what an answer means, and what to do", async () => {
    const messages = new Map<number, string>();
    for (const status of [204, 400, 401, 403, 404, 410, 429, 500, 503]) {
      server.answer = (_, response) => response.writeHead(status).end();
      messages.set(status, await problemOf());
    }
    match(
      messages.get(404)!,
      /\/file is not there \(404 Not Found\)\. Look at its page .* download it by hand to .*file\.zip\./,
    );
    match(messages.get(410)!, /is not there/);
    for (const status of [401, 403]) match(messages.get(status)!, /not given to programs .*Open it in a browser/);
    for (const status of [429, 500, 503]) match(messages.get(status)!, /busy or broken .*Run again .*it continues/);
    for (const status of [204, 400]) match(messages.get(status)!, /the server answers \d+/);
    deepEqual(names(), []);
  });

  it("keeps its part where the server is busy", async () => {
    server.answer = serve({ contents, etag: '"v1"', cutAfter: 100_000 });
    await problemOf();
    server.answer = (_, response) => response.writeHead(503).end();
    match(await problemOf(), /503/);
    equal(partLength(), 100_000);
  });

  it("follows redirections, and notices that they lead in a circle", async () => {
    server.answer = (request, response) => {
      if (request.url === "/file") response.writeHead(302, { Location: "/new" }).end();
      else serve({ contents })(request, response);
    };
    await get();
    isWhole();
    rmSync(join(folder.path, "set"), { recursive: true });
    server.answer = (_, response) => response.writeHead(302, { Location: "/file" }).end();
    match(await problemOf(), /cannot be downloaded: redirect count exceeded/);
  });

  it("unpacks what comes packed, and does not count its length", async () => {
    server.answer = (_, response) => {
      const packed = gzipSync(contents);
      response
        .writeHead(200, { "Content-Encoding": "gzip", "Content-Length": packed.length, ETag: '"v1"' })
        .end(packed);
    };
    await get({ expected: { md5, bytes: contents.length } });
    isWhole();
  });

  it("stops when asked to, keeps its part, and continues", async () => {
    server.answer = serve({ contents, etag: '"v1"', silentAfter: 100_000 });
    const controller = new AbortController();
    const onProgress = (done: number) => {
      if (done === 100_000) controller.abort();
    };
    match(
      await problemOf({ signal: controller.signal, onProgress }),
      /The download of \S+ was stopped after 100\.0 kB\. Run again: it continues where it stopped\./,
    );
    equal(partLength(), 100_000);
    match(await problemOf({ signal: controller.signal }), /was stopped after 100\.0 kB/);
    server.answer = serve({ contents, etag: '"v1"' });
    await get();
    isWhole();
    equal(server.requests.at(-1)!.range, "bytes=100000-");
  });

  it("does not wait forever, before or in the middle", async () => {
    server.answer = () => undefined;
    match(await problemOf({ timeoutSeconds: 0.05 }), /the server sent nothing for 0\.05 s\. Look whether/);
    server.answer = serve({ contents, etag: '"v1"', silentAfter: 100_000 });
    match(await problemOf({ timeoutSeconds: 0.2 }), /the server sent nothing for 0\.2 s, after 100\.0 kB/);
    equal(partLength(), 100_000);
  });

  it("waits for a slow server that sends", async () => {
    server.answer = (_, response) => {
      let from = 0;
      const timer = setInterval(() => {
        response.write(contents.subarray(from, (from += 50_000)));
        if (from < contents.length) return;
        clearInterval(timer);
        response.end();
      }, 60);
    };
    await get({ timeoutSeconds: 0.25 });
    isWhole();
  });

  it("says that a server cannot be reached", async () => {
    match(await problemOf({ url: "http://127.0.0.1:1/file" }), /\/file cannot be downloaded: /);
    match(await problemOf({ url: "http://name.invalid/file" }), /cannot be downloaded: the server's name /);
  });

  it("says before it begins that the disk has no room, and when it is full", async function () {
    await onSmallDisk(this, folder.path, "200k", async (disk) => {
      const file = join(disk, "file");
      server.answer = serve({ contents });
      match(await problemOf({ file }), /file needs 300\.0 kB, and the disk has \d+\.\d kB free\. Free some space/);
      server.answer = serve({ contents, length: false });
      match(
        await problemOf({ file }),
        /file\.part cannot be written: the disk is full\. Free some space, and run again/,
      );
      equal(existsSync(file), false);
      fillDisk(disk);
      match(await problemOf({ file }), /the disk is full/);
    });
  });

  it("refuses what is no address, sum, option or file's name, before it asks", async () => {
    for (const url of ["file:///etc/passwd", "ftp://example.org/a", "no address", ""]) {
      match(await problemOf({ url }), /^download has url: ".*", expected an address that begins with https/);
    }
    match(
      await problemOf({ expected: { md5: sha256 } }),
      /expected\.md5: ".*", expected an MD5 sum: 32 hexadecimal digits/,
    );
    match(await problemOf({ expected: { crc: 1 } as never }), /has no option "expected\.crc"/);
    match(await problemOf({ timeoutSeconds: 0 }), /timeoutSeconds: 0, expected a number above 0/);
    match(await problemOf({ file: folder.path }), /is a folder, expected a file/);
    await rejects(get({ files: "x" } as never), /Did you mean "file"/);
    equal(server.requests.length, 0);
  });

  it("stops what does not end, and keeps nothing of it", async () => {
    server.answer = (_, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(Buffer.alloc(1000)), 1);
      response.on("close", () => {
        clearInterval(timer);
      });
    };
    match(await problemOf({ mostBytes: 20_000 }), /has more than 20000 bytes, expected 20000\. It was not kept/);
    deepEqual(names(), []);
  });

  it("stops what comes too slowly, and goes on from there the next time", async () => {
    let now = 0;
    const clock: Clock = { now: () => new Date(0), seconds: () => now };
    server.answer = (_, response) => {
      response.writeHead(200, { "content-length": String(contents.length), etag: '"a"' });
      const timer = setInterval(() => {
        now += 61;
        response.write(contents.subarray(0, 10));
      }, 5);
      response.on("close", () => {
        clearInterval(timer);
      });
    };
    match(await problemOf({ clock }), /came at \d+ bytes a second, expected 1000 at least\. Run again: it continues/);
  });

  it("takes no web page for an archive, with and without a length", async () => {
    for (const page of [
      "<!DOCTYPE html><html>log in</html>",
      "  \n<html lang='en'>moved</html>",
      "\ufeff<HTML>x</HTML>",
    ]) {
      server.answer = serve({ contents: Buffer.from(page) });
      match(await problemOf(), /gives is a web page, and not the file\. It was not kept/);
      deepEqual(names(), []);
    }
    server.answer = serve({ contents: Buffer.from("<!doctype html>") });
    equal(await get({ file: join(folder.path, "set", "page.html") }), "downloaded");
  });
});
