import { equal, ok } from "node:assert/strict";

import { listParameters } from "../../lib/controller/parameters";
import { replay } from "../../lib/controller/sampler";
import { walkMacro } from "../../lib/controller/walk-macro";
import type { MacroSpace } from "../../lib/space/macro/architecture";
import { macroSpace } from "../helpers/spaces";
import { checkGradients } from "./check-gradients";
import { itMatchesPyTorch } from "./check-recorded";
import { readRecorded, type RecordedCase } from "./recorded/read";

const spaceOf = ({ space }: RecordedCase) => space as MacroSpace;
const [released] = readRecorded("macro");

function walkOf(decisions: readonly number[]) {
  return walkMacro(spaceOf(released!), released!.controller, released!.settings, replay(decisions));
}

describe("walkMacro(space, parameters, settings, sampler)", () => {
  itMatchesPyTorch("macro", (one, sampler) => walkMacro(spaceOf(one), one.controller, one.settings, sampler));

  it("passes back the gradients of probability and penalty to every parameter, as differences show", () => {
    checkGradients(
      [...listParameters(released!.controller).values()],
      (tape) => {
        const episode = walkOf(released!.decisions);
        tape.push((factors) => {
          episode.backward(factors);
        });
        return episode;
      },
      { logProbability: -0.4, skipPenalty: 0.8 },
    );
  });

  it("has another probability for another operation, and for another skip connection, also in the decisions that follow", () => {
    const { decisions } = released!;
    const probabilitiesOf = (changed: readonly number[]) => {
      const seen: number[] = [];
      const sampler = replay(changed);
      walkMacro(macroSpace(4), released!.controller, released!.settings, (probabilities) => {
        seen.push(probabilities[0]!);
        return sampler(probabilities);
      });
      return seen;
    };
    const before = probabilitiesOf(decisions);
    // The operation of layer 1, and a skip connection of layer 2.
    for (const [place, value] of [
      [1, 2],
      [4, 1],
    ] as const) {
      const changed = decisions.map((decision, index) => (index === place ? value : decision));
      ok(walkOf(changed).logProbability !== walkOf(decisions).logProbability);
      const after = probabilitiesOf(changed);
      equal(before[place], after[place]);
      ok(before.at(-1) !== after.at(-1));
      ok(before[6] !== after[6]);
    }
  });

  it("offers six operations, and a skip connection from the stem and each layer but the one before", () => {
    const offered: number[] = [];
    walkMacro(macroSpace(3), released!.controller, released!.settings, (probabilities) => {
      offered.push(probabilities.length);
      return 0;
    });
    equal(offered.join(" "), "6 6 2 6 2 2");
  });

  it("has no skip penalty with a single layer", () => {
    equal(walkMacro(macroSpace(1), released!.controller, released!.settings, () => 3).skipPenalty, 0);
  });
});
