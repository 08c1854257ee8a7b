import { equal, ok } from "node:assert/strict";

import { costOf } from "../../lib/graph/cost";
import { buildHandCrafted } from "../../lib/graph/hand-crafted/registry";
import { costsOfUnits, estimateWork } from "../../lib/study/estimate-work";
import { smoke } from "../../lib/study/profiles/smoke";
import { settingsOf } from "../../lib/study/settings-of";
import { profileNames, type StudySettings } from "../../lib/study/study-settings";

const images = { images: 500, folds: 5 };
const work = (changes: Partial<StudySettings>) => estimateWork({ ...smoke, ...changes }, images);

describe("estimateWork(settings, images)", () => {
  it("counts the hand-crafted networks by hand: three passes an image and epoch, one for what is predicted", () => {
    const size = { height: 32, width: 32, channels: 1 };
    const { multiplyAdds } = costOf(buildHandCrafted("CNN3", size, { classes: 2 }));
    // Of 500 images 100 are tested, 80 validated on and 320 learned from, in two folds, over four epochs.
    const passes = 2 * (4 * (3 * 320 + 80) + 100 + 80);
    equal(work({ handCrafted: ["CNN3"] }).handCrafted, passes * multiplyAdds);
    equal(work({ handCrafted: [] }).handCrafted, 0);
  });

  it("counts a process for each notebook and each unit", () => {
    equal(work({ handCrafted: ["CNN3"], controls: 2, seeds: [1, 2, 3] }).processes, 10 + 2 * 3 * 4);
    equal(estimateWork({ ...smoke, folds: null, handCrafted: [] }, images).processes, 10 + 5 * 2);
  });

  it("grows with searches, epochs and images, and is less without a second uniform search", () => {
    const { found } = work({});
    ok(work({ search: { ...smoke.search, seeds: [1, 2] } }).found > found);
    const options = { ...smoke.search.options, epochs: 40 };
    ok(work({ search: { ...smoke.search, options } }).found > 2 * found);
    const uniform = { ...smoke.search.options, strategy: { kind: "uniform" } } as const;
    ok(work({ search: { ...smoke.search, options: uniform } }).found < found);
    ok(work({ sample: { count: 100 } }).found < found);
  });

  it("counts the trainings of a search by trials, or its processor seconds, each for the control too", () => {
    const by = (limit: object, other: object = {}) => {
      const trials = { strategy: "ridge", limit, training: { epochs: 4 }, ...other } as const;
      return work({ search: { ...smoke.search, trials } });
    };
    const [some, twice] = [by({ trainings: 10 }), by({ trainings: 20 })];
    const third = by({ trainings: 30 });
    ok(
      Math.abs(third.found - twice.found - (twice.found - some.found)) < 1e-6 * third.found && twice.found > some.found,
    );
    equal(some.seconds, undefined);
    equal(by({ cpuSeconds: 600 }).seconds, 1200);
    equal(by({ cpuSeconds: 600 }, { furtherBudgets: [{}, {}] }).seconds, 2400);
    equal(by({ cpuSeconds: 600 }, { strategy: "random-race" }).seconds, 600);
  });

  it("counts networks within the budget of a search by trials, and those of each further budget by theirs", () => {
    const within = (multiplyAdds: [number, number], ...further: [number, number][]) => {
      const furtherBudgets = further.map((own) => ({ multiplyAdds: own }));
      const trials = { limit: { trainings: 10 }, budget: { multiplyAdds }, furtherBudgets };
      const options = { space: { kind: "shape" }, network: {} } as const;
      return costsOfUnits({ ...smoke, search: { ...smoke.search, options, trials } }, images);
    };
    const { found, search, further } = within([5e6, 10e6], [20e6, 40e6]);
    ok(found >= 5e6 && found <= 10e6, `${found}`);
    ok(further[0]!.found >= 20e6 && further[0]!.found <= 40e6, `${further[0]!.found}`);
    // By trainings a search costs as much more as its networks: both are of one size here.
    ok(Math.abs(further[0]!.search / search - further[0]!.found / found) < 1e-9);
  });

  it("puts the profiles in the order of what they take", () => {
    const all = profileNames.map((profile) => {
      const { found, handCrafted } = estimateWork(settingsOf({ profile, dataset: "bus-bra" }), {
        images: 1875,
        folds: 5,
      });
      return { profile, all: found + handCrafted };
    });
    const of = (name: string) => all.find(({ profile }) => profile === name)!.all;
    ok(of("smoke") < of("quick") && of("quick") < of("overnight") && of("overnight") < of("paper"));
    ok(of("paper-524") < of("paper"));
  });
});
