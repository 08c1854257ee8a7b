import { equal, ok } from "node:assert/strict";

import { listParameters } from "../../lib/controller/parameters";
import { replay } from "../../lib/controller/sampler";
import { walkMicro } from "../../lib/controller/walk-micro";
import type { MicroSpace } from "../../lib/space/micro/architecture";
import { microSpace } from "../helpers/spaces";
import { checkGradients } from "./check-gradients";
import { itMatchesPyTorch } from "./check-recorded";
import { readRecorded, type RecordedCase } from "./recorded/read";

const spaceOf = ({ space }: RecordedCase) => space as MicroSpace;

describe("walkMicro(space, parameters, settings, sampler)", () => {
  itMatchesPyTorch("micro", (one, sampler) => walkMicro(spaceOf(one), one.controller, one.settings, sampler));

  it("passes gradients back to every parameter, as differences show", () => {
    const [one] = readRecorded("micro");
    const upstream = { logProbability: 1.3, skipPenalty: 0 };
    checkGradients(
      [...listParameters(one!.controller).values()],
      (tape) => {
        const episode = walkMicro(spaceOf(one!), one!.controller, one!.settings, replay(one!.decisions));
        tape.push((factors) => {
          episode.backward(factors);
        });
        return episode;
      },
      upstream,
    );
  });

  it("offers a node all that precedes it in its cell, and five operations, in both cells", () => {
    const [one] = readRecorded("micro");
    const offered: number[] = [];
    walkMicro(microSpace(3), one!.controller, one!.settings, (probabilities) => {
      offered.push(probabilities.length);
      return probabilities.length - 1;
    });
    equal(offered.join(" "), "2 2 5 5 3 3 5 5 4 4 5 5 2 2 5 5 3 3 5 5 4 4 5 5");
  });

  it("carries its memory from the normal to the reduction cell: the one's decisions move the other's probabilities", () => {
    const [one] = readRecorded("micro");
    const probabilitiesOf = (decisions: readonly number[]) => {
      const seen: number[] = [];
      const sampler = replay(decisions);
      walkMicro(microSpace(2), one!.controller, one!.settings, (probabilities) => {
        seen.push(probabilities[0]!);
        return sampler(probabilities);
      });
      return seen;
    };
    const changed = [...one!.decisions];
    changed[2] = 0;
    const [before, after] = [probabilitiesOf(one!.decisions), probabilitiesOf(changed)];
    equal(before[2], after[2]);
    for (const place of [4, 8, 15]) ok(before[place] !== after[place], `${place}`);
  });
});
