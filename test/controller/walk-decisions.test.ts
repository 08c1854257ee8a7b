import { deepEqual, equal, ok } from "node:assert/strict";

import { optionRows } from "../../lib/controller/option-rows";
import { createParameters, listParameters } from "../../lib/controller/parameters";
import { controllerPreset } from "../../lib/controller/presets";
import { inControllerOrder, replay } from "../../lib/controller/sampler";
import { walkDecisions } from "../../lib/controller/walk-decisions";
import { createRandom } from "../../lib/runtime/random";
import { encode } from "../../lib/space/encode";
import { sampleArchitecture } from "../../lib/space/sample";
import { decisionsOf } from "../../lib/space/space";
import { shapeSpace } from "../helpers/spaces";
import { checkGradients } from "./check-gradients";

const space = shapeSpace();
const settings = { ...controllerPreset("small", space).settings, units: 3, initialRange: 1 };
const make = () => createParameters(space, settings, createRandom(1));

describe("walkDecisions(space, parameters, settings, sampler)", () => {
  it("offers the options of each decision in their order, and makes the architecture of what is chosen", () => {
    const offered: number[] = [];
    const random = createRandom(2);
    const chosen: number[] = [];
    const { architecture, skipPenalty } = walkDecisions(space, make(), settings, (probabilities) => {
      offered.push(probabilities.length);
      chosen.push(random.integer(0, probabilities.length - 1));
      return chosen.at(-1)!;
    });
    deepEqual(
      offered,
      decisionsOf(space).map(({ options }) => options.length),
    );
    deepEqual(encode(space, architecture), chosen);
    equal(skipPenalty, 0);
  });

  it("passes gradients back to every parameter, as differences show", () => {
    const parameters = make();
    const list = listParameters(parameters);
    deepEqual([...list.keys()], ["memory 0", "start", "embedding", "operation"]);
    const decisions = inControllerOrder(space, sampleArchitecture(space, createRandom(3)));
    checkGradients(
      [...list.values()],
      (tape) => {
        const episode = walkDecisions(space, parameters, settings, replay(decisions));
        tape.push((factors) => {
          episode.backward(factors);
        });
        return episode;
      },
      { logProbability: 1.3, skipPenalty: 0 },
    );
  });

  it("lets what was decided before bear on what follows, and both transitions share what is learned of their options", () => {
    const parameters = make();
    const probabilitiesAfter = (first: number) => {
      const seen: Float64Array[] = [];
      walkDecisions(space, parameters, settings, (probabilities) => {
        seen.push(probabilities);
        return seen.length === 1 ? first : 0;
      });
      return seen;
    };
    const [one, other] = [probabilitiesAfter(0), probabilitiesAfter(1)];
    deepEqual(one[0], other[0]);
    ok(one.slice(1).every((probabilities, place) => probabilities[0] !== other[place + 1]![0]));
    // 21 groups for 22 decisions.
    equal(
      parameters.operation.shape[1],
      decisionsOf(space).reduce((sum, { options }) => sum + options.length, -3),
    );
  });

  it("bounds how sure it can be by the constant that the settings divide", () => {
    const surest = (changes: object) => {
      const own = {
        ...settings,
        temperature: 1,
        tanhConstant: 2,
        operationTanhReduction: 1,
        initialRange: 30,
        ...changes,
      };
      const odds: number[] = [];
      walkDecisions(space, createParameters(space, own, createRandom(1)), own, (probabilities) => {
        if (probabilities.length === 2) odds.push(Math.abs(Math.log(probabilities[0]! / probabilities[1]!)));
        return 0;
      });
      return Math.max(...odds);
    };
    // Two logits of ± constant / reduction, saturated by weights as large as these.
    ok(Math.abs(surest({}) - 4) < 0.01, String(surest({})));
    ok(Math.abs(surest({ operationTanhReduction: 4 }) - 1) < 0.01);
  });

  it("goes on from the embedding of what was chosen, and of nothing else", () => {
    const parameters = make();
    const architecture = sampleArchitecture(space, createRandom(3));
    const numbers = encode(space, architecture);
    const { first } = optionRows(space);
    const chosen = decisionsOf(space).map(({ group }, decision) => first.get(group)! + numbers[decision]!);
    walkDecisions(space, parameters, settings, replay(inControllerOrder(space, architecture))).backward({
      logProbability: 1,
      skipPenalty: 0,
    });
    const { shape, gradient } = parameters.embedding;
    const moved = Array.from({ length: shape[0]! }, (_, row) => row).filter((row) =>
      gradient.subarray(row * shape[1]!, (row + 1) * shape[1]!).some((slope) => slope !== 0),
    );
    // Nothing follows the last decision.
    deepEqual(
      moved,
      [...new Set(chosen.slice(0, -1))].sort((a, b) => a - b),
    );
  });
});
