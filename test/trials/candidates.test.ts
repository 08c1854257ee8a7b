import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { costOf } from "../../lib/graph/cost";
import { buildNetwork } from "../../lib/space/build";
import { decode, encode } from "../../lib/space/encode";
import { sampleArchitecture } from "../../lib/space/sample";
import { checkSpace } from "../../lib/space/space";
import { drawCandidates } from "../../lib/trials/candidates";

const size = { height: 64, width: 64, channels: 1 };
const space = checkSpace({ kind: "shape" });
const budget = { multiplyAdds: [20_000_000, 40_000_000] as const };
const draw = (other: object = {}) =>
  drawCandidates({
    ...{ space, priced: { size, budget }, count: 12, random: createRandom(4), score: null },
    ...other,
  });

describe("drawCandidates(task)", () => {
  it("draws different networks within the budget, and takes further ones of the space once", () => {
    const pool = draw();
    equal(new Set(pool.candidates.map(({ code }) => code.join())).size, 12);
    ok(pool.candidates.every(({ multiplyAdds }) => multiplyAdds >= 20e6 && multiplyAdds <= 40e6));
    const { code } = pool.candidates[3]!;
    deepEqual(encode(space, pool.architectureOf(3)), code);
    equal(pool.admit(code), 3);
    const neighbours = [0, 1, 2, 3].map((width) => [width, ...code.slice(1)]).filter((one) => one[0] !== code[0]);
    const within = neighbours.filter((one) => pool.look(one) !== null);
    const places = within.map((one) => pool.admit(one));
    deepEqual(
      places,
      places.map((_, index) => 12 + index),
    );
    deepEqual(
      pool.candidates.slice(12).map((one) => one.code),
      within,
    );
  });

  it("looks at what is outside of the budget, and refuses to take it", () => {
    const pool = draw();
    const random = createRandom(1);
    let code: number[];
    do code = encode(space, sampleArchitecture(space, random));
    while (pool.look(code) !== null);
    throws(
      () => pool.admit(code),
      /outside of the budget was proposed, with [\d,]+ multiply-adds, expected 20,000,000 to/,
    );
    throws(() => pool.admit([1, 2, 3]), /has 3 numbers, expected 22/);
  });

  it("scores each candidate as it joins, once", () => {
    const asked: number[] = [];
    const pool = draw({ count: 3, score: (_: object, place: number) => asked.push(place) });
    pool.admit(pool.candidates[0]!.code);
    deepEqual(asked, [0, 1, 2]);
    deepEqual(
      pool.candidates.map(({ shared }) => shared),
      [1, 2, 3],
    );
  });

  it("refuses a budget below the cheapest network, above the costliest, and one without members", () => {
    const refused = (own: object, message: RegExp) => {
      throws(() => draw({ priced: { size, budget: own } }), message);
    };
    refused(
      { parameters: [1, 100] },
      /1 to 100 parameters is below the cheapest network.*64 × 64, which has [\d,]+\. Allow [\d,]+ or more/,
    );
    refused({ multiplyAdds: [1e12, 2e12] }, /is above the costliest network.*Ask for [\d,]+ or less/);
    // Networks of three layers of two operations have few sizes, and none right beside the least.
    const few = checkSpace({ kind: "macro", layers: 3, operations: ["separable 3×3", "max pool 3×3"] });
    const least = costOf(buildNetwork(decode(few, [1, 1, 0, 1, 0, 0]), size)).trainable;
    throws(
      () => draw({ space: few, priced: { size, budget: { parameters: [least + 1, least + 1] } } }),
      /None of 5,000 architectures .* within the budget/,
    );
    refused({ milliseconds: [1, 2] }, /without a table of latencies/);
    throws(
      () =>
        draw({
          count: 9,
          space: checkSpace({ kind: "macro", layers: 3, operations: ["separable 3×3"] }),
          priced: { size, budget: {} },
        }),
      /8 different networks within the budget after 180 draws, expected 9/,
    );
  });
});
