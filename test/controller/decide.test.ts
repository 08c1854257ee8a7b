import { deepEqual, equal, ok } from "node:assert/strict";

import { chooseOne, chooseSkip, squash } from "../../lib/controller/decide";
import { near } from "../statistics/recorded/read";
import { checkGradients, randomParameter } from "./check-gradients";

const signal = (...values: number[]) => ({
  values: Float64Array.from(values),
  gradient: new Float64Array(values.length),
});

describe("squash(scores, temperature, constant, offset, tape)", () => {
  it("is constant · tanh(score / temperature) + offset", () => {
    near(
      [...squash(signal(1, -4), 2, 3, [0.5, -1], []).values],
      [3 * Math.tanh(0.5) + 0.5, 3 * Math.tanh(-2) - 1],
      1e-15,
    );
    deepEqual([...squash(signal(1, -4), 2, null, null, []).values], [0.5, -2]);
  });

  it("lets a saturated score learn next to nothing, as the released bias of 10", () => {
    const scores = signal(10);
    const tape: (() => void)[] = [];
    const logits = squash(scores, 1, 0.44, null, tape);
    logits.gradient[0] = 1;
    tape[0]!();
    ok(scores.gradient[0]! < 1e-8 && logits.values[0]! > 0.4399);
  });

  it("has the gradients of its backward pass, with and without a bound", () => {
    const scores = randomParameter(1, 4);
    for (const constant of [1.1, null]) {
      checkGradients([scores], (tape) => ({ outputs: [squash(scores, 1.7, constant, [1, 2, 3, 4], tape)] }));
    }
  });
});

describe("chooseOne(logits, sampler, tape)", () => {
  it("draws by the softmax, and tells probability and entropy of it", () => {
    let seen: number[] = [];
    const decision = chooseOne(
      signal(Math.log(1), Math.log(2), Math.log(5)),
      (probabilities) => {
        seen = [...probabilities];
        return 1;
      },
      [],
    );
    near(seen, [1 / 8, 2 / 8, 5 / 8], 1e-15);
    equal(decision.sampled, 1);
    near(decision.logProbability, Math.log(1 / 4), 1e-15);
    near(decision.entropy, -(Math.log(1 / 8) / 8 + Math.log(1 / 4) / 4 + (5 / 8) * Math.log(5 / 8)), 1e-15);
    near(decision.drawnEntropy, Math.log(4) / 4, 1e-15);
  });

  it("has the entropy ln n of n equal choices, and none where one is certain, at any size of the logits", () => {
    near(chooseOne(signal(7, 7, 7, 7), () => 0, []).entropy, Math.log(4), 1e-15);
    const certain = chooseOne(signal(-1e4, 1e4), () => 1, []);
    equal(certain.entropy, 0);
    equal(certain.logProbability, 0);
    equal(chooseOne(signal(-1e4, 1e4), () => 0, []).logProbability, -2e4);
  });

  it("passes back the gradient of the logarithm of the probability", () => {
    const logits = randomParameter(2, 4);
    for (const sampled of [0, 3]) {
      checkGradients([logits], (tape) => chooseOne(logits, () => sampled, tape), {
        logProbability: -0.6,
        skipPenalty: 5,
      });
    }
  });
});

describe("chooseSkip(logits, index, sampler, skip, tape)", () => {
  const divergence = (p: number, t: number) => p * Math.log(p / t) + (1 - p) * Math.log((1 - p) / (1 - t));
  const logistic = (x: number) => 1 / (1 + Math.exp(-x));

  it("draws a skip with probability σ(2a), and compares what it is told to with the target", () => {
    const a = -0.3;
    let seen: number[] = [];
    for (const [probability, share] of [
      ["drawn", logistic(2 * a)],
      ["released", logistic(a)],
    ] as const) {
      const decision = chooseSkip(
        signal(9, a),
        1,
        (probabilities) => {
          seen = [...probabilities];
          return 1;
        },
        { target: 0.4, probability, share: 0.5 },
        [],
      );
      near(seen, [1 - logistic(2 * a), logistic(2 * a)], 1e-15);
      near(decision.logProbability, Math.log(logistic(2 * a)), 1e-15);
      near(decision.penalty, divergence(share, 0.4) / 2, 1e-14);
    }
  });

  it("is not penalised at the target: of what is drawn, or as released where less is drawn", () => {
    const penalty = (drawn: number, probability: "drawn" | "released") =>
      chooseSkip(signal(Math.log(drawn / (1 - drawn)) / 2), 0, () => 0, { target: 0.4, probability, share: 1 }, [])
        .penalty;
    near(penalty(0.4, "drawn"), 0, 1e-15);
    // σ(a) = 0.4 where σ(2a) = 1 / (1 + 1.5²).
    near(penalty(1 / 3.25, "released"), 0, 1e-15);
    ok(penalty(0.4, "released") > 0.005);
  });

  it("stays finite where the score has no bound", () => {
    for (const a of [-500, 500]) {
      const { penalty, entropy } = chooseSkip(
        signal(a),
        0,
        () => (a > 0 ? 1 : 0),
        { target: 0.4, probability: "drawn", share: 1 },
        [],
      );
      near(penalty, -Math.log(a > 0 ? 0.4 : 0.6), 1e-12);
      equal(entropy, 0);
    }
  });

  it("passes back the gradients of probability and penalty, and to no other connection", () => {
    const logits = randomParameter(3, 3);
    for (const probability of ["drawn", "released"] as const) {
      for (const sampled of [0, 1]) {
        checkGradients(
          [logits],
          (tape) => {
            const skip = chooseSkip(logits, 1, () => sampled, { target: 0.3, probability, share: 0.25 }, tape);
            return { logProbability: skip.logProbability, skipPenalty: skip.penalty };
          },
          { logProbability: 0.9, skipPenalty: 0.8 },
        );
        equal(logits.gradient[0], 0);
      }
    }
  });
});
