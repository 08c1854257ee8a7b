import { deepEqual, throws } from "node:assert/strict";
import { deflateRawSync } from "node:zlib";

import { inflateRawSync } from "../../../lib/release/page/zlib-in-page";

describe("inflateRawSync(bytes, options) in a page", () => {
  it("inflates what Node has deflated, and no more than it may", () => {
    const bytes = Uint8Array.from({ length: 5000 }, (_, place) => (place * place) % 251);
    deepEqual(inflateRawSync(deflateRawSync(bytes), { maxOutputLength: 5000 }), bytes);
    throws(() => inflateRawSync(deflateRawSync(bytes), { maxOutputLength: 4999 }), /more than a picture can/);
    throws(() => inflateRawSync(Uint8Array.of(255, 255, 255), { maxOutputLength: 9 }));
  });
});
