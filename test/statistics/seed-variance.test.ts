import { deepEqual, equal, ok } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { clusteredAreas, varianceOfSum } from "../../lib/statistics/clustered-areas";
import { joinVariances, seedVariance } from "../../lib/statistics/seed-variance";
import { studentCritical } from "../../lib/statistics/student";
import { near } from "./recorded/read";

describe("seedVariance(seeded)", () => {
  it("takes off the spread what patients and seeds do together", () => {
    // Three seeds whose values vary by patients alone: independent, with a variance of 4 each.
    const covariance = [0, 1, 2].map((a) => [0, 1, 2].map((b) => (a === b ? 4 : 0)));
    const { added, betweenSeeds, degreesOfFreedom } = seedVariance({ values: [0, 3, 6], covariance });
    near([betweenSeeds!, added!, degreesOfFreedom!], [9 - 4, (9 - 4) / 3, 2], 1e-12);
    equal(seedVariance({ values: [0, 1, 2], covariance }).added, 0);
  });

  it("is unknown with one seed", () => {
    deepEqual(seedVariance({ values: [1], covariance: [[1]] }), {
      added: null,
      degreesOfFreedom: null,
      betweenSeeds: null,
    });
  });

  it("gives intervals over patients and seeds that cover the true difference as often as they say", () => {
    const random = createRandom(9);
    const rounds = 500;
    let [covered, withoutSeeds] = [0, 0];
    for (let round = 0; round < rounds; round++) {
      const labels = Array.from({ length: 150 }, (_, row) => (row % 3 === 0 ? 1 : 0));
      const groups = labels.map((_, row) => `p${row}`);
      const own = labels.map(() => random.normal());
      // Each training has a strength of its own; both models have the same on the average.
      const scores = Array.from({ length: 6 }, () => {
        const strength = 1.5 + 0.25 * random.normal();
        return labels.map((label, row) => strength * label + own[row]! + 0.6 * random.normal());
      });
      const { areas, covariance } = clusteredAreas({ labels, groups }, scores);
      const contrast = [1, 1, 1, -1, -1, -1].map((sign) => sign / 3);
      const difference = contrast.reduce((sum, weight, index) => sum + weight * areas[index]!, 0);
      const ofPatients = varianceOfSum(covariance!, contrast);
      const parts = [0, 3].map((from) =>
        seedVariance({
          values: areas.slice(from, from + 3),
          covariance: covariance!.slice(from, from + 3).map((row) => row.slice(from, from + 3)),
        }),
      );
      const { variance, degreesOfFreedom } = joinVariances(ofPatients, parts);
      const critical = degreesOfFreedom === null ? 1.96 : studentCritical(0.95, degreesOfFreedom);
      if (Math.abs(difference) <= critical * Math.sqrt(variance)) covered++;
      if (Math.abs(difference) <= 1.96 * Math.sqrt(ofPatients)) withoutSeeds++;
    }
    ok(covered / rounds > 0.92, `covers ${covered} of ${rounds}`);
    ok(withoutSeeds < covered - 20, `patients alone cover ${withoutSeeds} of ${rounds}`);
  });
});

describe("joinVariances(known, estimated)", () => {
  const part = (added: number, degreesOfFreedom: number) => ({ added, degreesOfFreedom, betweenSeeds: 1 });

  it("gives Satterthwaite's degrees of freedom, and none where nothing was estimated of few values", () => {
    deepEqual(joinVariances(2, []), { variance: 2, degreesOfFreedom: null });
    deepEqual(joinVariances(2, [seedVariance({ values: [1], covariance: [[1]] })]), {
      variance: 2,
      degreesOfFreedom: null,
    });
    deepEqual(joinVariances(0, [part(3, 2)]), { variance: 3, degreesOfFreedom: 2 });
    const { variance, degreesOfFreedom } = joinVariances(1, [part(1, 2), part(2, 4)]);
    near([variance, degreesOfFreedom!], [4, 16 / (1 / 2 + 4 / 4)], 1e-12);
  });
});
