import { ok, throws } from "node:assert/strict";

import { createStrategy } from "../../lib/controller/create-strategy";
import { createRandom } from "../../lib/runtime/random";
import { sampleArchitecture } from "../../lib/space/sample";
import { countArchitectures } from "../../lib/space/space";
import { near } from "../statistics/recorded/read";
import { share } from "./separable-share";
import { microSpace, readMacro } from "../helpers/spaces";

const space = microSpace(5);

describe("uniform", () => {
  it("has the largest entropy there is, 58.5 nats for cells of five nodes, and the probability of one in all", () => {
    const strategy = createStrategy({ kind: "uniform", space }, createRandom(1));
    const { entropy, ...others } = strategy.learn([{ proposal: strategy.propose(createRandom(1)), reward: 1 }]);
    near(entropy!, Math.log(Number(countArchitectures(space))), 1e-12);
    near(entropy!, 58.5, 0.05 / 58.5);
    ok(Object.values(others).every((value) => value === null));
    near(strategy.logProbability!(sampleArchitecture(space, createRandom(2))), -entropy!, 1e-15);
    throws(() => strategy.logProbability!(readMacro("0")), /was given, expected one of the micro space/);
  });

  it("learns nothing: after 30 updates of 10 it still proposes what it did", () => {
    const strategy = createStrategy({ kind: "uniform", space }, createRandom(1));
    const random = createRandom(3);
    const means = Array.from({ length: 30 }, () => {
      const scored = Array.from({ length: 10 }, () => {
        const proposal = strategy.propose(random);
        return { proposal, reward: share(proposal.architecture) };
      });
      strategy.learn(scored);
      return scored.reduce((sum, { reward }) => sum + reward, 0) / 10;
    });
    // One operation in five; the mean of 100 architectures of 20 edges has a standard error of 0.009.
    const mean = means.slice(-10).reduce((sum, one) => sum + one, 0) / 10;
    ok(Math.abs(mean - 0.2) < 0.03, `${mean}`);
  });
});
