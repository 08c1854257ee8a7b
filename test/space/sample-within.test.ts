import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { costOf } from "../../lib/graph/cost";
import { latencyColumns, type LatencyTable } from "../../lib/graph/latency";
import { createRandom } from "../../lib/runtime/random";
import { buildNetwork } from "../../lib/space/build";
import { decode, encode } from "../../lib/space/encode";
import { presets } from "../../lib/space/presets";
import { sampleArchitecture } from "../../lib/space/sample";
import { sampleWithin, type WithinOptions } from "../../lib/space/sample-within";
import { checkSpace, decisionsOf } from "../../lib/space/space";
import { macroSpace, shapeSpace } from "../helpers/spaces";

const size = { height: 64, width: 64, channels: 1 };
const bin: WithinOptions = { size, budget: { multiplyAdds: [20e6, 40e6] } };

describe("sampleWithin(space, random, options)", () => {
  it("draws within the budget, the same for the same seed, and says what it costs", () => {
    const draw = (seed: number) => sampleWithin(shapeSpace(), createRandom(seed), bin);
    deepEqual(draw(1), draw(1));
    for (let seed = 2; seed < 12; seed++) {
      const { architecture, cost } = draw(seed);
      deepEqual(cost, costOf(buildNetwork(architecture, size)));
      ok(cost.multiplyAdds >= 20e6 && cost.multiplyAdds <= 40e6);
    }
  });

  it("takes the first that is within of those that are drawn one after the other", () => {
    const random = createRandom(3);
    const { architecture, draws } = sampleWithin(shapeSpace(), random, bin);
    const again = createRandom(3);
    const drawn = Array.from({ length: draws }, () => sampleArchitecture(shapeSpace(), again));
    deepEqual(drawn.at(-1), architecture);
    for (const other of drawn.slice(0, -1)) {
      const { multiplyAdds } = costOf(buildNetwork(other, size));
      ok(multiplyAdds < 20e6 || multiplyAdds > 40e6);
    }
    equal(random.uniform(), again.uniform());
  });

  it("serves every kind of space, with both bounds and the settings of its networks", () => {
    for (const { space, settings, parameters } of [presets.tiny, presets["macro-small"], presets.shape]) {
      const [least, most] = parameters;
      const budget = { parameters: [least, (least + most) >> 1], multiplyAdds: [0, 1e9] } as const;
      const { cost } = sampleWithin(space, createRandom(4), { size, settings, budget });
      ok(cost.trainable <= (least + most) >> 1);
    }
  });

  it("finds both ends of the costs of a small space where nothing is within, as trying all shows", () => {
    const space = macroSpace(3);
    const random = createRandom(5);
    const codes = decisionsOf(space).reduce<number[][]>(
      (lists, { options }) => lists.flatMap((list) => options.map((_, option) => [...list, option])),
      [[]],
    );
    const all = codes.map((code) => costOf(buildNetwork(decode(space, code), size)));
    const costs = all.map(({ multiplyAdds }) => multiplyAdds);
    const [least, most] = [Math.min(...costs), Math.max(...costs)].map((each) => each.toLocaleString("en"));
    throws(
      () => sampleWithin(space, random, { size, budget: { multiplyAdds: [0, 1000] }, draws: 50 }),
      new RegExp(
        `None of 50 architectures .* 64 × 64 .*: 0 to 1,000 multiply-adds, where its networks have ${least!} to ${most!}`,
      ),
    );
  });

  it("refuses bounds in the wrong order, an unknown cost and images that are too small", () => {
    const at = (budget: object, draws = 1) => sampleWithin(shapeSpace(), createRandom(1), { size, budget, draws });
    throws(
      () => at({ parameters: [2, 1] }),
      /has budget\.parameters: \[2, 1\], expected a list of the least and the most/,
    );
    throws(() => at({ parameters: [2] }), /budget\.parameters/);
    throws(() => at({ multiplyadds: [1, 2] }), /no option "budget\.multiplyadds".*Did you mean "budget\.multiplyAdds"/);
    throws(() => at({}, 0), /has draws: 0, expected a whole number from 1/);
    const small = { height: 2, width: 2, channels: 1 };
    throws(() => sampleWithin(shapeSpace(), createRandom(1), { ...bin, size: small }), /have 2 × 2 pixels/);
    equal(encode(shapeSpace(), at({}).architecture).length, 22);
  });

  it("counts both bounds in", () => {
    const single = checkSpace({ kind: "macro", layers: 3, operations: ["separable 3×3"] });
    const costs = Array.from({ length: 8 }, (_, code) => {
      const skips = [code & 1, (code >> 1) & 1, (code >> 2) & 1];
      return costOf(buildNetwork(decode(single, [0, 0, skips[0]!, 0, skips[1]!, skips[2]!]), size)).multiplyAdds;
    });
    for (const cost of new Set(costs)) {
      const found = sampleWithin(single, createRandom(1), { size, budget: { multiplyAdds: [cost, cost] } });
      equal(found.cost.multiplyAdds, cost);
    }
  });

  it("keeps to a budget of milliseconds by a table of latencies, and wants one that may be believed", () => {
    const drawn = sampleWithin(shapeSpace(), createRandom(3), bin);
    const columns = Array.from({ length: 60 }, (_, seed) =>
      latencyColumns(buildNetwork(sampleArchitecture(shapeSpace(), createRandom(seed)), size)),
    ).flatMap((own) => Object.keys(own));
    const table: LatencyTable = {
      ...{ version: 2, machine: "a machine", batch: 1, agreement: { networks: 24, tau: 0.95, error: 0.05 } },
      // A millisecond a pass and a quarter for each million.
      milliseconds: Object.fromEntries(
        columns.map((name) => [name, name === "a pass" ? 1 : name.endsWith("multiply-adds") ? 0.25 : 0]),
      ),
    };
    equal(drawn.milliseconds, null);
    const within = { size, latency: table, budget: { milliseconds: [4, 6] as const } };
    for (let seed = 0; seed < 5; seed++) {
      const { milliseconds, cost } = sampleWithin(shapeSpace(), createRandom(seed), within);
      ok(milliseconds! >= 4 && milliseconds! <= 6);
      ok(Math.abs(milliseconds! - 1 - 0.25 * (cost.multiplyAdds / 1e6)) < 1e-9);
    }
    const draw = (options: object) => () => sampleWithin(shapeSpace(), createRandom(1), { ...within, ...options });
    throws(draw({ latency: null }), /4 to 6 milliseconds was given without a table of latencies/);
    throws(
      draw({ budget: { milliseconds: [0, 0.5] }, draws: 20 }),
      /0 to 0\.5 milliseconds, where its networks have 1\./,
    );
    throws(draw({ budget: { milliseconds: [6, 4] } }), /the least and the most/);
    const bad = { ...table, agreement: { ...table.agreement, tau: 0.5 } };
    throws(draw({ latency: bad }), /τ 0\.50/);
  });
});
