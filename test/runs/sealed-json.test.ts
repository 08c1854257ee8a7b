import { deepEqual, equal, throws } from "node:assert/strict";
import { createHash } from "node:crypto";

import { DamagedFile } from "../../lib/runs/damaged-file";
import { hashJson, readSealed, writeSealed } from "../../lib/runs/sealed-json";

describe("hashJson(data)", () => {
  it("is the SHA-256 of the canonical JSON", () => {
    equal(hashJson({ b: 1, a: [null] }), createHash("sha256").update('{"a":[null],"b":1}').digest("hex"));
  });
});

describe("writeSealed(data, name) and readSealed(bytes, path)", () => {
  const data = { b: { c: [1, "ü"] }, a: -0.5, none: undefined };
  const text = writeSealed(data, "It");
  const read = (contents: string | Uint8Array) => readSealed(Buffer.from(contents), "the file");

  it("give back the same, without what has no value", () => {
    deepEqual(read(text), { b: { c: [1, "ü"] }, a: -0.5 });
  });

  it("are read whatever the white space and the order of the keys", () => {
    const { sha256, ...rest } = JSON.parse(text) as Record<string, unknown>;
    deepEqual(read(JSON.stringify({ sha256, ...rest })), { b: { c: [1, "ü"] }, a: -0.5 });
  });

  it("refuse every change that changes what is read", () => {
    const bytes = Buffer.from(text);
    for (let place = 0; place < bytes.length; place++) {
      const changed = Buffer.from(bytes);
      changed[place]! ^= 1;
      try {
        // A blank that became another kind of blank changes nothing.
        deepEqual(read(changed), { b: { c: [1, "ü"] }, a: -0.5 });
      } catch (error) {
        equal(error instanceof DamagedFile, true, String(error));
      }
    }
    for (let length = 0; length < bytes.length - 1; length++)
      throws(() => read(bytes.subarray(0, length)), DamagedFile);
  });

  it("name the file and what to do", () => {
    throws(() => read(text.replace('"ü"', '"u"')), {
      name: "Problem",
      message:
        "the file does not have the checksum that it names. It is damaged or was changed: put the original back, or begin a new run.",
    });
    throws(() => read("[]"), { message: /is no JSON object/ });
    throws(() => read(""), { message: /is no JSON \(/ });
  });
});
