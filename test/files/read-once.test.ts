import { deepEqual, equal, rejects } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

import { readOnce } from "../../lib/files/read-once";
import { temporaryFolder } from "../helpers/temporary";

const folder = temporaryFolder();

describe("readOnce(read)", () => {
  it("reads a file once, again when it has changed, and another when it is asked for another", async () => {
    const asked: string[] = [];
    const read = readOnce((path) => {
      asked.push(path);
      return readFile(path, "utf8");
    });
    const [a, b] = [join(folder.path, "a"), join(folder.path, "b")];
    writeFileSync(a, "one");
    writeFileSync(b, "other");
    deepEqual(await Promise.all([read(a), read(a)]), ["one", "one"]);
    // The system's clock ticks every few milliseconds.
    await setTimeout(20);
    writeFileSync(a, "two");
    equal(await read(a), "two");
    equal(await read(b), "other");
    deepEqual(asked, [a, a, b]);
  });

  it("names a file that is missing", async () => {
    await rejects(readOnce(readFile)(join(folder.path, "none.mat")), /none\.mat is missing\. Copy it there again/);
  });
});
