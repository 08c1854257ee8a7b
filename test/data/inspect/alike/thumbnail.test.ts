import { ok } from "node:assert/strict";

import { flatten } from "../../../../lib/data/inspect/alike/thumbnail";
import { createRandom } from "../../../../lib/runtime/random";

describe("flatten(levels)", () => {
  const random = createRandom(3);
  const levels = Array.from({ length: 1024 }, () => 100 + 30 * random.normal());

  it("makes nothing of brightness, contrast, and what changes slowly over the picture", () => {
    const plain = flatten(levels);
    const other = flatten(levels.map((level, place) => 40 + 0.5 * level + 0.2 * Math.floor(place / 32)));
    const difference = Math.sqrt(plain.reduce((sum, value, place) => sum + (value - other[place]!) ** 2, 0) / 1024);
    ok(difference < 0.05, String(difference));
    ok(Math.abs(plain.reduce((sum, value) => sum + value, 0) / 1024) < 0.05);
  });

  it("shows nothing where a picture is flat", () => {
    ok(flatten(new Uint8Array(1024).fill(80)).every((value) => Math.abs(value) < 1e-9));
  });
});
