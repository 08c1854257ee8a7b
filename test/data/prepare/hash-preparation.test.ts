import { deepEqual, equal, match } from "node:assert/strict";

import { preparationDefaults, type PreparationOptions } from "../../../lib/data/prepare/configuration";
import { hashPreparation } from "../../../lib/data/prepare/hash-preparation";
import { preparations } from "../../../lib/data/prepare/presets";

/** One change of every setting, also of those inside others. */
const changes: readonly Partial<PreparationOptions>[] = [
  { region: { kind: "whole" } },
  { region: { kind: "box", margin: 10, unit: "pixels" } },
  { region: { kind: "square", margin: 11, unit: "pixels" } },
  { region: { kind: "square", margin: 10, unit: "percent" } },
  { region: { kind: "square", margin: 10, unit: "millimetres" } },
  { region: { kind: "window", side: 40 } },
  { region: { kind: "window", side: 41 } },
  { beyond: "cut" },
  { beyond: "fill" },
  { stretch: null },
  { stretch: { low: 4, high: 95 } },
  { stretch: { low: 5, high: 96 } },
  { match: [0, 1] },
  { match: [0, 0.5, 1] },
  { padding: "black" },
  { padding: "none" },
  { size: 65 },
  { filter: "box" },
  { channels: ["mask"] },
  { channels: ["gray", "mask"] },
  { channels: ["mask", "gray"] },
];

describe("hashPreparation(options)", () => {
  it("is the same for the same settings, said or left out, in any order", () => {
    const hash = hashPreparation({});
    match(hash, /^[0-9a-f]{64}$/);
    equal(hashPreparation(preparationDefaults), hash);
    equal(hashPreparation(Object.fromEntries(Object.entries(preparationDefaults).reverse())), hash);
    equal(hashPreparation({ region: { unit: "pixels", margin: 10, kind: "square" } }), hash);
  });

  it("is that of earlier versions, for settings that they had", () => {
    const hashes = Object.values(preparations).map((preparation) => hashPreparation(preparation).slice(0, 16));
    deepEqual(hashes, ["76365df5a2f65d52", "fb915331435d0c2c", "72d9132fbaa04412"]);
  });

  it("is another for every other setting", () => {
    const hashes = [{}, ...changes].map(hashPreparation);
    equal(new Set(hashes).size, hashes.length);
  });
});
