import { equal } from "node:assert/strict";

import { crc32, crc32OfTable } from "../../lib/files/crc32";
import { createRandom } from "../../lib/runtime/random";

describe("crc32(bytes, before) and crc32OfTable(bytes, before)", () => {
  it("give the sum that the standard gives for the digits 1 to 9", () => {
    equal(crc32(Buffer.from("123456789")), 0xcbf43926);
    equal(crc32OfTable(Buffer.from("123456789")), 0xcbf43926);
    equal(crc32OfTable(new Uint8Array(0)), 0);
  });

  it("are the same, whole or in pieces", () => {
    const random = createRandom(1);
    const bytes = Uint8Array.from({ length: 1000 }, () => random.integer(0, 255));
    for (const cut of [0, 1, 500, 1000]) {
      equal(crc32OfTable(bytes.subarray(cut), crc32(bytes.subarray(0, cut))), crc32(bytes));
    }
  });
});
