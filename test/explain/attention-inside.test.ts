import { deepEqual, ok, throws } from "node:assert/strict";

import { attentionInside } from "../../lib/explain/attention-inside";
import { createRandom } from "../../lib/runtime/random";

describe("attentionInside(map, mask)", () => {
  it("counts what is above 0, inside and in all", () => {
    deepEqual(attentionInside([1, 2, -5, 1], [1, 0.5, 1, 0]), { share: 0.5, area: 0.625, ratio: 0.8 });
  });

  it("is 1 times chance for a map that knows nothing, and the inverse of the area for one that is all inside", () => {
    const random = createRandom(1);
    const mask = Array.from({ length: 20_000 }, () => (random.uniform() < 0.3 ? 1 : 0));
    const even = attentionInside(
      mask.map(() => 0.7),
      mask,
    );
    ok(Math.abs(even.ratio! - 1) < 1e-9);
    const blind = attentionInside(
      mask.map(() => random.uniform()),
      mask,
    );
    ok(Math.abs(blind.ratio! - 1) < 0.03);
    const inside = attentionInside(mask, mask);
    ok(inside.share === 1 && Math.abs(inside.ratio! - 1 / inside.area) < 1e-9);
  });

  it("gives no share of nothing", () => {
    deepEqual(attentionInside([0, -1], [1, 0]), { share: null, area: 0.5, ratio: null });
  });

  it("refuses other sizes, empty masks, and numbers that are none", () => {
    throws(() => attentionInside([1], [1, 1]), { name: "Problem", message: /of 1 pixels .* a mask of 2/ });
    throws(() => attentionInside([1], [0]), { name: "Problem", message: /mask is empty/ });
    throws(() => attentionInside([NaN], [1]), { name: "Problem", message: /Pixel 0 has NaN/ });
    throws(() => attentionInside([1], [255]), { name: "Problem", message: /255 in the mask/ });
  });
});
