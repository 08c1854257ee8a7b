import { equal, match } from "node:assert/strict";

import { preparationDefaults, type PreparationOptions } from "../../../lib/data/prepare/configuration";
import { hashPreparation } from "../../../lib/data/prepare/hash-preparation";

/** One change of every setting, also of those inside others. */
const changes: readonly Partial<PreparationOptions>[] = [
  { region: { kind: "whole" } },
  { region: { kind: "box", margin: 10, unit: "pixels" } },
  { region: { kind: "square", margin: 11, unit: "pixels" } },
  { region: { kind: "square", margin: 10, unit: "percent" } },
  { beyond: "cut" },
  { beyond: "fill" },
  { stretch: null },
  { stretch: { low: 4, high: 95 } },
  { stretch: { low: 5, high: 96 } },
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

  it("is another for every other setting", () => {
    const hashes = [{}, ...changes].map(hashPreparation);
    equal(new Set(hashes).size, hashes.length);
  });
});
