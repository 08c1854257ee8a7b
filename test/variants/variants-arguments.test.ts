import { deepEqual, match, throws } from "node:assert/strict";
import { resolve } from "node:path";

import {
  readVariants,
  requireNames,
  requireOption,
  variantsOptions,
  variantsUsage,
} from "../../lib/variants/variants-arguments";

const needed = { dataset: "bus-bra", folder: "f", root: "r" };

describe("readVariants(values)", () => {
  it("reads folders, networks, seeds and folds, with defaults", () => {
    const plain = readVariants(needed);
    deepEqual(plain.request, {
      ...{ dataset: "bus-bra", profile: "overnight", root: resolve("r"), seeds: null, folds: null },
      models: [{ name: "plain CNN", kind: "hand-crafted", network: { kind: "hand-crafted", name: "plain CNN" } }],
    });
    deepEqual([plain.folder, plain.options], [resolve("f"), { list: false, workers: 1 }]);
    const more = readVariants({
      ...{ ...needed, network: ["CNN3", "ResNet-18"], seed: ["1", "2"], fold: ["3"] },
      ...{ profile: "smoke", workers: "2", list: true },
    });
    deepEqual(
      more.request.models.map(({ name }) => name),
      ["CNN3", "ResNet-18"],
    );
    deepEqual([more.request.seeds, more.request.folds, more.options], [[1, 2], [3], { list: true, workers: 2 }]);
  });

  it("refuses what it does not know, naming it", () => {
    for (const [given, message] of [
      [{ folder: "f" }, /--dataset is missing/],
      [{ dataset: "bus-bra" }, /--folder is missing/],
      [{ ...needed, profile: "overnite" }, /no profile "overnite"/],
      [{ ...needed, network: ["ResNet-19"] }, /ResNet-19/],
      [{ ...needed, seed: ["x"] }, /--seed is "x"/],
      [{ ...needed, workers: "0" }, /--workers is "0"/],
      [{ ...needed, found: "nowhere" }, /is no study's folder/],
    ] as const)
      throws(() => readVariants(given), message);
  });
});

describe("variantsUsage", () => {
  it("names every option that is read", () => {
    for (const name of Object.keys(variantsOptions).filter((one) => one !== "dataset"))
      match(variantsUsage, new RegExp(`--${name}\\b`));
  });
});

describe("requireOption(name, value)", () => {
  it("takes a text, and no empty one", () => {
    deepEqual(requireOption("folder", "f"), "f");
    throws(() => requireOption("outlines", ""), /--outlines is missing/);
  });
});

describe("requireNames(what, given, names)", () => {
  it("takes names that are there, and none, and says which there are", () => {
    requireNames("input", null, ["a"]);
    requireNames("input", ["a"], ["a", "b"]);
    throws(() => {
      requireNames("input", ["a", "c"], ["a", "b"]);
    }, /There is no input "c"\. There are: a; b\./);
  });
});
