import { deepEqual, ok } from "node:assert/strict";

import { learnProcess } from "../../lib/optimise/learn-process";
import { createRandom } from "../../lib/runtime/random";
import { mean as meanOf } from "../../lib/statistics/summary";

const draw = (count: number, noise: number) => {
  const random = createRandom(3);
  const inputs = Array.from({ length: count }, () => [random.uniform(), random.uniform()]);
  // The second number says nothing.
  const values = inputs.map(([x]) => Math.sin(6 * x!) * 1.4 + random.normal(0, noise));
  return { inputs, values };
};

describe("learnProcess(inputs, values, groups, random)", () => {
  it("finds which numbers matter, and how much is noise", () => {
    const { inputs, values } = draw(60, 0.3);
    const { settings, predict } = learnProcess(inputs, values, ["first", "second"], createRandom(1));
    const [first, second] = settings.lengths;
    ok(second! > 3 * first!, `${first} and ${second}`);
    ok(settings.noise > 0.04 && settings.noise < 0.2, String(settings.noise));
    const places = Array.from({ length: 19 }, (_, index) => [(index + 1) / 20, 0.5]);
    const errors = predict(places).map(({ mean }, index) => Math.abs(mean - Math.sin(6 * places[index]![0]!) * 1.4));
    ok(meanOf(errors) < 0.15, String(meanOf(errors)));
  });

  it("gives columns of one group one length, and equal settings for equal seeds", () => {
    const { inputs, values } = draw(20, 0.1);
    const once = learnProcess(inputs, values, ["choice", "choice"], createRandom(2));
    const again = learnProcess(inputs, values, ["choice", "choice"], createRandom(2));
    ok(once.settings.lengths[0] === once.settings.lengths[1]);
    deepEqual(once.settings, again.settings);
  });
});
