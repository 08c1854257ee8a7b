import { deepEqual, equal, notDeepEqual, ok, throws } from "node:assert/strict";

import type { StrategyOptions } from "../../lib/controller/check-strategy";
import { createStrategy } from "../../lib/controller/create-strategy";
import { createRandom } from "../../lib/runtime/random";
import { encode } from "../../lib/space/encode";
import type { GivenSpace } from "../../lib/space/space";
import { climb } from "../helpers/climb";
import { microSpace } from "../helpers/spaces";
import { share } from "./separable-share";

const space = microSpace(2);
const create = (options: StrategyOptions & { space: GivenSpace }) => createStrategy(options, createRandom(1));

describe("createStrategy(options, random, own)", () => {
  it("makes each of the library's, whose states say which it is", () => {
    for (const kind of ["enas", "uniform", "evolution"] as const)
      equal((create({ kind, space }).state().json as { strategy: string }).strategy, kind);
  });

  it("makes the same whatever name it has", () => {
    const proposalOf = (name?: string) => create({ kind: "enas", space, name }).propose(createRandom(2));
    deepEqual(proposalOf("small steps"), proposalOf());
  });

  it("takes single settings beside the preset's", () => {
    const shape = create({ kind: "enas", space, preset: "released", units: 8 })
      .state()
      .arrays.get("controller/key")!.shape;
    equal(shape.join(), "8,8");
    // The preset "small" is the default; it has no bias of the operations.
    equal(create({ kind: "enas", space }).state().arrays.has("controller/operationBias"), false);
    equal(create({ kind: "enas", space, preset: "released" }).state().arrays.has("controller/operationBias"), true);
  });

  it("refuses a strategy, an option, a preset, a value and a space that are none", () => {
    throws(() => create({ kind: "random", space }), /kind: "random", expected "enas", "uniform" or "evolution"/);
    throws(() => create({ space } as never), /lacks kind, expected "enas", "uniform" or "evolution"/);
    throws(() => create({ kind: "enas", space, learningrate: 1 }), /Did you mean "learningRate"/);
    throws(
      () => create({ kind: "enas", space, preset: "tiny" }),
      /preset: "tiny", expected "released", "paper" or "small"/,
    );
    throws(() => create({ kind: "enas", space, temperature: 0 }), /temperature: 0, expected a number above 0/);
    throws(() => create({ kind: "uniform", space, units: 3 }), /has no option "units" for kind "uniform"/);
    throws(() => create({ kind: "evolution", space, popluation: 3 }), /Did you mean "population"/);
    for (const kind of ["enas", "uniform", "evolution"] as const) {
      throws(() => create({ kind, space: { kind: "micro", nodes: 0 } }), /nodes = 0/);
      throws(() => create({ kind, space: { kind: "macro", layers: 1.5 } }), /layers = 1.5/);
    }
  });

  describe("with one's own strategy", () => {
    const own = (options: object = {}) =>
      createStrategy({ kind: "hill-climb", space, ...options }, createRandom(1), climb);

    it("makes it with its defaults, and it finds what is rewarded", () => {
      const strategy = own();
      const random = createRandom(3);
      const rewards = Array.from({ length: 200 }, () => {
        const proposal = strategy.propose(random);
        const reward = share(proposal.architecture);
        strategy.learn([{ proposal, reward }]);
        return reward;
      });
      ok(rewards.at(-1)! > 0.7, `${rewards.at(-1)}`);
    });

    it("says nothing of what has no meaning for it, and cannot say how likely an architecture is", () => {
      const strategy = own();
      const learned = strategy.learn([{ proposal: strategy.propose(createRandom(1)), reward: 1 }]);
      deepEqual(learned, { baseline: 1, advantage: null, entropy: null, gradientNorm: null, loss: null });
      equal("logProbability" in strategy, false);
    });

    it("carries on to the bit, and refuses foreign proposals and the state of another strategy", () => {
      const [strategy, other] = [own(), own()];
      const random = createRandom(4);
      const proposal = strategy.propose(random);
      strategy.learn([{ proposal, reward: 0.5 }]);
      other.restore(
        JSON.parse(
          JSON.stringify(strategy.state(), (_, value: unknown) => (value instanceof Map ? undefined : value)),
        ) as never,
      );
      deepEqual(other.state(), strategy.state());
      const numbers = (one: typeof other) => encode(space, one.propose(createRandom(5)).architecture);
      deepEqual(numbers(other), numbers(strategy));
      notDeepEqual(numbers(own()), numbers(strategy));
      throws(() => other.learn([{ proposal, reward: 1 }]), /is none that this strategy made/);
      throws(() => {
        other.restore(create({ kind: "uniform", space }).state());
      }, /is of strategy "uniform", expected "hill-climb"/);
    });

    it("refuses an option that it does not have, and a value that its schema refuses", () => {
      throws(() => own({ stepps: 2 }), /has no option "stepps" for kind "hill-climb"\. Did you mean "steps"/);
      throws(() => own({ steps: 0 }), /has steps: 0, expected a whole number from 1 for kind "hill-climb"/);
    });
  });
});
