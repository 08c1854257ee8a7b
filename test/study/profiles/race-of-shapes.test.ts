import { deepEqual, equal, ok } from "node:assert/strict";

import { costOf } from "../../../lib/graph/cost";
import { buildHandCrafted } from "../../../lib/graph/hand-crafted/registry";
import { overnight } from "../../../lib/study/profiles/overnight";
import { quick } from "../../../lib/study/profiles/quick";
import { raceOfShapes } from "../../../lib/study/profiles/race-of-shapes";
import { requireFittingSettings } from "../../../lib/study/fitting-settings";
import { readBenchmark } from "../../../lib/tabular/benchmark";
import { decideDefault } from "../../../lib/tabular/decide-default";
import { outcomesOf } from "../../../lib/tabular/protocol-outcomes";
import { createRandom } from "../../../lib/runtime/random";
import { checkTrials } from "../../../lib/trials/trial-options";

describe("raceOfShapes(multiplyAdds, trainings, training)", function () {
  this.timeout(60_000);

  it("is the strategy that the benchmark's own rule leaves as the default, by what was measured", () => {
    const decided = decideDefault(outcomesOf(readBenchmark(), "shape", createRandom(1)));
    const { options, trials } = raceOfShapes([1, 2], 60, {});
    equal(checkTrials(trials!).strategy, decided.strategy);
    equal(options.space!.kind, "shape");
  });

  it("lets networks cost in the profiles what the plain CNN costs, which is within", () => {
    for (const { search, preparation } of [quick, overnight]) {
      const [least, most] = search.trials!.budget!.multiplyAdds!;
      const size = { height: preparation.size!, width: preparation.size!, channels: 1 };
      const { multiplyAdds } = costOf(buildHandCrafted("plain CNN", size));
      ok(multiplyAdds > least && multiplyAdds < most, `${multiplyAdds}`);
    }
  });

  it("has networks within on every profile's images", () => {
    for (const profile of [quick, overnight]) requireFittingSettings(profile);
    deepEqual(quick.search.trials!.training, quick.derive.training);
    deepEqual(overnight.search.trials!.training, overnight.derive.training);
  });
});
