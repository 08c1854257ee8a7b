import { deepEqual, equal, match, ok, throws } from "node:assert/strict";

import { judgeSearch } from "../../lib/derive/judge-search";
import { createRandom } from "../../lib/runtime/random";
import { candidate } from "./helpers";

const near = (found: number, expected: number, tolerance = 1e-9) => {
  ok(Math.abs(found - expected) <= tolerance, `${found}, expected ${expected}`);
};
const judge = (found: number[], control: number[], onAll: (score: number) => number | null = (score) => score) =>
  judgeSearch(
    found.map((score, index) => candidate(`f${index}`, { score, onAll: onAll(score) })),
    control.map((score, index) => candidate(`r${index}`, { score, onAll: onAll(score) })),
    createRandom(3),
  );

describe("judgeSearch(found, control, random)", () => {
  it("tells means, deviations, gain and rank as computed by hand", () => {
    const { found, random, gain, relativeGain, winnerAbove } = judge([0.9, 0.8, 0.85], [0.7, 0.8, 0.75, 0.95]);
    equal(found.count, 3);
    near(found.mean, 0.85);
    near(found.deviation!, 0.05);
    equal(found.best, 0.9);
    equal(random.count, 4);
    near(random.mean, 0.8);
    // Squares of -0.1, 0, -0.05 and 0.15 add up to 0.035.
    near(random.deviation!, Math.sqrt(0.035 / 3));
    equal(random.best, 0.95);
    near(gain.value, 0.05);
    near(relativeGain, 6.25);
    equal(winnerAbove, 0.75);
  });

  it("gives an interval of the gain as wide as the scores' means vary", () => {
    const source = createRandom(1);
    const found = Array.from({ length: 40 }, () => 0.8 + 0.02 * source.normal());
    const control = Array.from({ length: 40 }, () => 0.77 + 0.04 * source.normal());
    const { gain, found: ours, random } = judge(found, control);
    const error = Math.sqrt((ours.deviation! ** 2 + random.deviation! ** 2) / 40);
    near(gain.high! - gain.low!, 2 * 1.99 * error, 0.05 * 2 * 1.99 * error);
    near((gain.high! + gain.low!) / 2, gain.value, 1e-12);
    equal(gain.method, "Welch");
  });

  it("has no interval of one found architecture alone, and says so", () => {
    const { gain, warnings } = judge([0.9], [0.7, 0.8, 0.75]);
    deepEqual([gain.low, gain.high], [null, null]);
    match(warnings.join(" "), /no interval.*first list has one value only/);
  });

  it("warns where the interval of the gain holds 0, or lies below it, and not where it is above", () => {
    const holds = /The interval of the gain holds 0/;
    const worse = /worse than those drawn at random/;
    const high = [0.91, 0.9, 0.92, 0.93, 0.9, 0.91, 0.9, 0.92];
    const low = high.map((score) => score - 0.2);
    const warningsOf = (found: number[], control: number[]) => judge(found, control).warnings.join("\n");
    ok(
      !warningsOf(high, low).includes("The interval of the gain holds 0") &&
        !warningsOf(high, low).includes("worse than those drawn at random"),
    );
    match(warningsOf(high, high), holds);
    ok(!warningsOf(high, high).includes("worse than those drawn at random"));
    match(warningsOf(low, high), worse);
    ok(!warningsOf(low, high).includes("The interval of the gain holds 0"));
  });

  it("always says which images the scores are of, and warns of few random architectures", () => {
    const eight = [0.7, 0.71, 0.72, 0.73, 0.74, 0.75, 0.76, 0.77];
    match(judge([0.9], eight).warnings.at(-1)!, /judged on the images that the search was rewarded on/);
    // By trials nothing has a score with shared weights, and the images are others.
    const alone = judge([0.9], eight, () => null).warnings;
    match(alone.at(-1)!, /judged on images that the search has not seen/);
    ok(!alone.join(" ").includes("to be ordered"), "what was not asked for is not missed");
    ok(!judge([0.9], eight).warnings.join().includes("say little"));
    match(judge([0.9], eight.slice(1)).warnings.join("\n"), /7 random architectures say little; 8 or more/);
  });

  it("ranks random architectures alone, and only those that were scored on all images", () => {
    const scores = [0.6, 0.7, 0.65, 0.8, 0.75];
    const same = judge(scores.slice(0, 2), scores.slice(2));
    equal(same.ranks.count, 3);
    near(same.ranks.kendall.value!, 1);
    const reversed = judge(scores.slice(0, 2), scores.slice(2), (score) => -score);
    near(reversed.ranks.kendall.value!, -1);
    const some = judge(scores.slice(0, 2), scores.slice(2), (score) => (score === 0.8 ? null : score));
    equal(some.ranks.count, 2);
    const none = judge([0.8], [0.7, 0.6], (score) => (score === 0.8 ? score : null));
    match(none.warnings.join(), /No random architecture was scored/);
  });

  it("leaves out found candidates that were not trained", () => {
    const untrained = candidate("x", { onAll: 0.99 });
    const trained = [candidate("a", { score: 0.8, onAll: 0.7 })];
    const control = [candidate("r", { score: 0.6, onAll: 0.6 }), candidate("s", { score: 0.7, onAll: 0.5 })];
    deepEqual(
      judgeSearch([untrained, ...trained], control, createRandom(1)),
      judgeSearch(trained, control, createRandom(1)),
    );
  });

  it("gives a gain of the right sign where scores are negative losses", () => {
    const { gain, relativeGain } = judge([-0.4], [-0.5, -0.5]);
    near(gain.value, 0.1);
    near(relativeGain, 20);
  });

  it("has no deviation of one alone, and refuses none, one random architecture, and random ones that were not trained", () => {
    equal(judge([0.8], [0.7, 0.6]).found.deviation, null);
    throws(() => judge([], [0.7, 0.6]), /0 trained candidates and 2 random architectures/);
    throws(() => judge([0.8], [0.7]), /1 trained candidates and 1 random architectures/);
    const control = [candidate("r", { score: 0.6 }), candidate("s", { onAll: 0.5 })];
    throws(() => judgeSearch([candidate("a", { score: 0.8 })], control, createRandom(1)), /1 of them not trained/);
  });

  it("gives the same for the same chance", () => {
    deepEqual(judge([0.8, 0.9], [0.7, 0.6, 0.8]), judge([0.8, 0.9], [0.7, 0.6, 0.8]));
  });
});
