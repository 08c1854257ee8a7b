import { deepEqual, equal, notEqual, throws } from "node:assert/strict";
import { createHash } from "node:crypto";
import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { DamagedFile } from "../../lib/runs/damaged-file";
import { hashFileOf, readOutcome, writeOutcome } from "../../lib/runs/outcome";
import { writeSealed } from "../../lib/runs/sealed-json";
import { temporaryFolder } from "../helpers/temporary";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

describe("writeOutcome(result, files, metrics, finished) and readOutcome(folder)", () => {
  const folder = temporaryFolder();
  const write = (name: string, text: string) => {
    writeFileSync(join(folder.path, name), text);
  };
  const text = writeOutcome({ auc: 0.9 }, { "a.txt": sha256("a") }, sha256('{"x":1}\n'), new Date(0));
  beforeEach(() => {
    write("done.json", text);
    write("a.txt", "a");
    write("metrics.jsonl", '{"x":1,"time":"2026-11-24T08:00:00.000Z"}\n');
  });
  const refused = (message: RegExp) => {
    throws(
      () => readOutcome(folder.path),
      (error) => error instanceof DamagedFile && message.test(error.message),
    );
  };

  it("give back the same while everything is as it was, and null where there is none", () => {
    const { result, files, finished } = readOutcome(folder.path)!;
    deepEqual(
      { result, files, finished },
      { result: { auc: 0.9 }, files: { "a.txt": sha256("a") }, finished: "1970-01-01T00:00:00.000Z" },
    );
    rmSync(join(folder.path, "done.json"));
    equal(readOutcome(folder.path), null);
  });

  it("have a hash that is equal for equal outcomes, whenever they came to be", () => {
    const hashOf = (...given: Parameters<typeof writeOutcome>) =>
      (JSON.parse(writeOutcome(...given)) as { hash: string }).hash;
    const hash = hashOf({ auc: 0.9 }, { a: "1", b: "2" }, "m", new Date(0));
    equal(hash, hashOf({ auc: 0.9 }, { b: "2", a: "1" }, "m", new Date(1e12)));
    for (const other of [
      hashOf({ auc: 0.8 }, { a: "1", b: "2" }, "m", new Date(0)),
      hashOf({ auc: 0.9 }, { a: "1" }, "m", new Date(0)),
      hashOf({ auc: 0.9 }, { a: "1", b: "2" }, "n", new Date(0)),
    ])
      notEqual(hash, other);
  });

  it("find a file that was changed, is missing, or became a link", () => {
    write("a.txt", "b");
    refused(/a\.txt is not what .*done\.json says it is/);
    rmSync(join(folder.path, "a.txt"));
    refused(/a\.txt is not what/);
    symlinkSync("/etc/hostname", join(folder.path, "a.txt"));
    throws(() => readOutcome(folder.path), { name: "Problem", message: /is a link/ });
  });

  it("find metrics that were changed, but take their times as they are", () => {
    write("metrics.jsonl", '{"x":1,"time":"later"}\n');
    notEqual(readOutcome(folder.path), null);
    for (const lines of ['{"x":2,"time":"t"}\n', "", '{"x":1}\n{"x":1', '{"x":1}\n{"x":1}\n']) {
      write("metrics.jsonl", lines);
      refused(/metrics\.jsonl is not what/);
    }
  });

  it("find a changed result, and refuse names that lead out of the folder", () => {
    write("done.json", text.replace("0.9", "0.99"));
    refused(/done\.json does not have the checksum/);
    write("done.json", writeSealed({ result: 1 }, "x"));
    refused(/does not say what came out/);
    write("done.json", writeOutcome(1, { "../../etc/passwd": "x" }, "m", new Date(0)));
    throws(() => readOutcome(folder.path), { name: "Problem", message: /has a part "\." or "\.\."/ });
  });
});

describe("hashFileOf(folder, name)", () => {
  const folder = temporaryFolder();

  it("is the SHA-256, and null where there is no such file", () => {
    writeFileSync(join(folder.path, "a"), "abc");
    equal(hashFileOf(folder.path, "a"), sha256("abc"));
    equal(hashFileOf(folder.path, "b"), null);
  });
});
