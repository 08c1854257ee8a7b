import { equal, ok, throws } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { judgeFidelity, judgeSpaces } from "../../lib/tabular/outcomes";
import type { Row } from "../../lib/tabular/row";
import { makeRow } from "./helpers";

const random = createRandom(1);
const count = 60;
const networks = Array.from({ length: count }, (_, place) => ({
  ...{ set: "shape", place, network: String(place), code: [], parameters: 1000 + place, multiplyAdds: 5000 - place },
}));

/** Rows of networks that differ by .01, folds by .03, with the noise of one training. */
function simulate(noise: number): Row[] {
  const worth = networks.map(() => 0.85 + 0.01 * random.normal());
  return networks.flatMap(({ place }) =>
    [1, 2].flatMap((repeat) =>
      [1, 2, 3, 4, 5].map((fold) =>
        makeRow({ place, fold, repeat, area: worth[place]! + 0.03 * Math.sin(fold) + noise * random.normal() }),
      ),
    ),
  );
}

describe("judgeFidelity(rows, networks, random)", () => {
  const valueOf = (rows: readonly Row[], start: string) =>
    judgeFidelity(rows, networks, createRandom(2)).find(({ what }) => what.startsWith(start))!;

  it("finds the reliability that labels were made with, with an interval around it", () => {
    const rows = simulate(0.01);
    const five = valueOf(rows, "reliability of five folds");
    ok(Math.abs(five.value - 5 / 6) < 0.08, String(five.value));
    ok(five.low! < five.value && five.value < five.high!);
    equal(five.networks, count);
    ok(Math.abs(valueOf(rows, "reliability of one fold").value - 0.5) < 0.15);
    ok(Math.abs(valueOf(rows, "standard deviation of one fold").value - 0.01) < 0.002);
    ok(Math.abs(valueOf(rows, "τ of parameters").value) < 0.3);
    ok(valueOf(simulate(0.001), "τ of two labels").value > 0.9);
  });

  it("holds larger images against small ones once they are measured", () => {
    const rows = simulate(0.005);
    const larger = rows
      .filter(({ fold, repeat }) => fold <= 3 && repeat === 1)
      .map((row) => ({ ...row, size: 64, epochs: 25, area: row.area + 0.002 * random.normal() }));
    equal(judgeFidelity(rows, networks, createRandom(2)).length, 7);
    const outcomes = judgeFidelity([...rows, ...larger], networks, createRandom(2));
    equal(outcomes.length, 10);
    const [tau, most] = outcomes.slice(7);
    ok(tau!.value > 0.6 && most!.value > 0.6 && most!.value <= 1);
  });

  it("refuses networks that were not measured twice", () => {
    throws(
      () =>
        judgeFidelity(
          simulate(0.01).filter(({ repeat }) => repeat === 1),
          networks,
          createRandom(2),
        ),
      /repetition 2/,
    );
  });
});

describe("judgeSpaces(rows, sets)", () => {
  it("says which of two sets lies above the other", () => {
    const rows = simulate(0.005);
    const lower = rows.map((row) => ({ ...row, set: "macro", area: row.area - 0.02 }));
    const [comparison] = judgeSpaces([...rows, ...lower], ["shape", "macro"]);
    ok(comparison!.probability > 0.85 && comparison!.p < 0.001 && comparison!.pOfDistance < 0.001);
    ok(Math.abs(comparison!.means[0] - comparison!.means[1] - 0.02) < 1e-9);
    ok(comparison!.bestTenth[0] > comparison!.means[0]);
    equal(comparison!.spaces, "shape and macro");
    const [same] = judgeSpaces([...rows, ...rows.map((row) => ({ ...row, set: "macro" }))], ["shape", "macro"]);
    ok(same!.probability === 0.5 && same!.p === 1);
  });
});
