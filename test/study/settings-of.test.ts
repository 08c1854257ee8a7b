import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { paper } from "../../lib/study/profiles/paper";
import { settingsOf } from "../../lib/study/settings-of";
import { profileNames, type ProfileName } from "../../lib/study/study-settings";

/** The keys by which two settings differ. */
const differences = (one: object, other: object) =>
  Object.entries(one).flatMap(([key, value]) => {
    const same = JSON.stringify(value) === JSON.stringify((other as Record<string, unknown>)[key]);
    return same ? [] : [key];
  });

describe("settingsOf(choice)", () => {
  it("gives each profile its own settings, under its own name", () => {
    for (const profile of profileNames) equal(settingsOf({ profile, dataset: "bus-bra" }).profile, profile);
  });

  it("gives all sets but BreastMNIST the same", () => {
    for (const dataset of ["phantom", "busi", "my-breastmnist-28"])
      deepEqual(settingsOf({ profile: "paper", dataset }), paper, dataset);
  });

  it("takes BreastMNIST as published: in its own size, whole, with its contradictory labels and its groups across parts", () => {
    for (const size of [28, 64, 128, 224]) {
      const settings = settingsOf({ profile: "paper-524", dataset: `breastmnist-${size}` });
      equal(settings.preparation.size, size);
      equal(settings.sample, null);
      equal(settings.onContradiction, "keep");
      equal(typeof settings.allowGroupsAcrossParts, "string");
      deepEqual(settings.seeds, [1, 2, 3]);
      const paper524 = settingsOf({ profile: "paper-524", dataset: "busi" });
      deepEqual(
        differences(paper524, settings).filter((key) => key !== "preparation"),
        ["sample", "onContradiction", "allowGroupsAcrossParts"],
      );
    }
  });

  it("repeats the training on BreastMNIST, and learns from the published training part alone", () => {
    const { seeds, learnFromValidation } = settingsOf({ profile: "overnight", dataset: "breastmnist-28" });
    deepEqual(seeds, [1, 2, 3]);
    equal(learnFromValidation, false);
    deepEqual(settingsOf({ profile: "smoke", dataset: "breastmnist-28" }).seeds, [1]);
  });

  it("keeps the small size of the profile that gives no results", () => {
    equal(settingsOf({ profile: "smoke", dataset: "breastmnist-224" }).preparation.size, 32);
  });

  it("draws no more images to reward on than BreastMNIST has", () => {
    for (const profile of profileNames) {
      const reward = (dataset: string) => settingsOf({ profile, dataset }).search.options.reward;
      ok((reward("breastmnist-28")?.batchSize ?? 0) <= 64, profile);
      equal(reward("breastmnist-28")?.measure, reward("bus-bra")?.measure);
    }
    equal(settingsOf({ profile: "overnight-enas", dataset: "bus-bra" }).search.options.reward!.batchSize, 128);
  });

  it("allows networks of BreastMNIST what the same networks cost at its size", () => {
    const budget = (dataset: string) => settingsOf({ profile: "overnight", dataset }).search.trials!.budget;
    deepEqual(budget("bus-bra"), { multiplyAdds: [20e6, 40e6] });
    deepEqual(budget("breastmnist-64"), budget("bus-bra"));
    // (28 / 64)² = .1914.
    deepEqual(budget("breastmnist-28"), { multiplyAdds: [3_828_125, 7_656_250] });
    deepEqual(budget("breastmnist-128"), { multiplyAdds: [80e6, 160e6] });
    const { furtherBudgets } = settingsOf({ profile: "overnight", dataset: "breastmnist-28" }).search.trials!;
    deepEqual(furtherBudgets, [{ multiplyAdds: [15_312_500, 30_625_000] }]);
    equal(settingsOf({ profile: "overnight-enas", dataset: "breastmnist-28" }).search.trials ?? null, null);
  });

  it("lets no search see images larger than those of the study", () => {
    const searchSize = (dataset: string) => settingsOf({ profile: "overnight", dataset }).search.size;
    equal(searchSize("bus-bra"), 32);
    equal(searchSize("breastmnist-64"), 32);
    equal(searchSize("breastmnist-28"), null);
  });

  it("names a profile that there is not, and those that there are", () => {
    for (const profile of ["smok", "toString", ""]) {
      throws(
        () => settingsOf({ profile: profile as ProfileName, dataset: "phantom" }),
        new RegExp(
          `There is no profile "${profile}"\\..*"smoke", "quick", "overnight", "overnight-masks", "overnight-enas", "paper", "paper-524"`,
          "s",
        ),
      );
    }
  });
});
