import { equal, ok } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { ridgeShare } from "../../lib/tabular/ridge-share";

describe("ridgeShare(pool)", () => {
  const random = createRandom(8);
  const count = 200;
  const candidates = Array.from({ length: count }, () => ({
    code: Array.from({ length: 4 }, () => random.integer(0, 2)),
    ...{ parameters: Math.exp(random.normal()), multiplyAdds: Math.exp(random.normal()), shared: null },
  }));
  const options = [3, 3, 3, 3];
  const areas = (worth: (code: readonly number[]) => number, noise: number) =>
    candidates.map(({ code }) => Array.from({ length: 5 }, () => worth(code) + noise * random.normal()));
  const additive = (code: readonly number[]) => 0.01 * code.reduce((sum, one) => sum + one, 0);

  it("is near 1 where decisions add up to what a network is worth, however noisy the folds are", () => {
    for (const noise of [0.001, 0.02]) {
      const { explained, reliable, share } = ridgeShare({ candidates, options, areas: areas(additive, noise) });
      ok(Math.abs(share - 1) < 0.12, `${noise}: ${share}`);
      ok(explained <= reliable + 0.05);
    }
  });

  it("is near 0 where decisions say nothing, and where nothing is reliable", () => {
    const odd = areas(() => 0, 0.01);
    ok(ridgeShare({ candidates, options, areas: odd }).explained < 0.05);
    const own = candidates.map(() => 0.01 * random.normal());
    const hidden = own.map((worth) => Array.from({ length: 5 }, () => worth + 0.002 * random.normal()));
    ok(ridgeShare({ candidates, options, areas: hidden }).share < 0.1);
    // What folds say of networks is turned around from fold to fold: less than nothing agrees.
    const opposed = candidates.map((_, place) => [1, -1].map((sign) => sign * (place % 2 === 0 ? 0.01 : -0.01)));
    equal(
      ridgeShare({ candidates, options, areas: opposed.map(([a, b]) => [a! + 1e-6 * random.normal(), b!]) }).share,
      0,
    );
  });
});
