import { deepEqual, equal, throws } from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { readReleaseFile, releaseFiles, writeReleaseFiles } from "../../lib/release/release-files";
import { temporaryFolder } from "../helpers/temporary";

describe("writeReleaseFiles(folder, files) and readReleaseFile(folder, name)", () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder.path, name);
  beforeEach(() => {
    writeFileSync(at("checksums.json"), '{"model.json":"0"}');
    writeReleaseFiles(folder.path, { [releaseFiles.card]: '{"a":1}', [releaseFiles.modelCard]: "# Card" });
  });

  it("add checksums of what a release computes and claims, and keep the model's", () => {
    deepEqual(JSON.parse(readFileSync(at("checksums.json"), "utf8")), {
      "model.json": "0",
      "sononas.json": createHash("sha256").update('{"a":1}').digest("hex"),
    });
    equal(readFileSync(at("MODEL_CARD.md"), "utf8"), "# Card");
    deepEqual(readReleaseFile(folder.path, releaseFiles.card), { a: 1 });
  });

  it("notice a change, also of the checksums, and read without them", () => {
    const refuse = (message: RegExp) => {
      throws(() => readReleaseFile(folder.path, releaseFiles.card), { name: "Problem", message });
    };
    writeFileSync(at("sononas.json"), '{"a":2}');
    refuse(/is not as it was released/);
    for (const sums of ["{}", "null", "{"]) {
      writeFileSync(at("checksums.json"), sums);
      refuse(/is not as it was released/);
    }
    rmSync(at("checksums.json"));
    deepEqual(readReleaseFile(folder.path, releaseFiles.card), { a: 2 });
    writeFileSync(at("sononas.json"), '{"a":');
    refuse(/is not JSON/);
    rmSync(at("sononas.json"));
    refuse(/sononas\.json cannot be read: there is no such file/);
  });

  it("name a folder that cannot be written", () => {
    throws(
      () => {
        writeReleaseFiles(at("none"), {});
      },
      { name: "Problem", message: /none cannot be written/ },
    );
  });
});
