import { deepEqual, equal, match, ok, throws } from "node:assert/strict";

import { decide } from "../../lib/evaluate/decide";
import { scaleTemperature } from "../../lib/evaluate/scale-temperature";
import { applyCarried, applyToOwn, carryOver } from "../../lib/external/external-predictions";
import { inventNetworks } from "./example";

describe("carryOver(own, rule)", () => {
  it("takes temperature and threshold of each network from its own validation part", () => {
    const own = inventNetworks({ set: "own", validation: true });
    const { networks, origin } = carryOver(own);
    const scaled = scaleTemperature(own);
    deepEqual(
      networks.map(({ temperature }) => temperature),
      scaled.temperatures.map(({ temperature }) => temperature),
    );
    deepEqual(
      networks.map(({ threshold }) => threshold),
      decide(scaled.set, { kind: "youden" }).thresholds.map(({ threshold }) => threshold),
    );
    match(origin, /youden.*the validation part/);
    match(carryOver({ ...own, heldBack: "inner folds" }).origin, /inner folds/);
  });

  it("takes what other folds were tested on where all was learned from, and nothing where there is one fold", () => {
    match(carryOver(inventNetworks({ set: "own" })).origin, /networks of other folds/);
    const { networks, origin } = carryOver(inventNetworks({ set: "own", folds: 1 }));
    deepEqual(networks, [{ fold: "fold 1", seed: 1, temperature: 1, threshold: 0.5 }]);
    match(origin, /fixed beforehand/);
  });
});

describe("applyCarried(set, rule)", () => {
  const own = inventNetworks({ set: "own", validation: true });
  const there = inventNetworks({ set: "there", all: true });
  const rule = carryOver(own);

  it("decides as each network does at its own threshold, and keeps its order", () => {
    const { each } = applyCarried(there, rule);
    for (const { fold, threshold, temperature } of rule.networks) {
      const number = Number(fold.slice(5));
      const before = there.rows.filter((row) => row.fold === fold);
      const after = each.rows.filter(({ seed }) => seed === number);
      const calls = before.map(({ logit }) => 1 / (1 + Math.exp(-logit! / temperature)) >= threshold);
      deepEqual(
        after.map(({ probability }) => probability >= 0.5),
        calls,
      );
      const order = (rows: typeof before) =>
        rows.map(({ id }) => id).sort((a, b) => logitOf(rows, a) - logitOf(rows, b));
      deepEqual(order(after), order(before));
    }
    equal(new Set(each.rows.map(({ fold }) => fold)).size, 1);
  });

  it("takes the mean of all networks' logits, moved and not moved", () => {
    const { each, together, calibrated } = applyCarried(there, rule);
    const { id } = there.rows[4]!;
    const own = each.rows.filter((row) => row.id === id).map(({ logit }) => logit!);
    equal(own.length, 3);
    const mean = own.reduce((sum, logit) => sum + logit / 3, 0);
    ok(Math.abs(together.rows.find((row) => row.id === id)!.logit! - mean) < 1e-12);
    const scaled = there.rows
      .filter((row) => row.id === id)
      .map(({ logit, fold }) => logit! / rule.networks.find((one) => one.fold === fold)!.temperature);
    const expected = scaled.reduce((sum, logit) => sum + logit / 3, 0);
    ok(Math.abs(calibrated.rows.find((row) => row.id === id)!.logit! - expected) < 1e-12);
    equal(together.rows.length, 120);
  });

  it("refuses a network that brings nothing along, and networks that were asked for other images", () => {
    throws(() => applyCarried(there, { ...rule, networks: rule.networks.slice(1) }), /fold 1, seed 1: there is no/);
    throws(() => applyCarried({ ...there, rows: there.rows.slice(0, -1) }, rule), /119 images .* 120 by the first/);
  });

  const logitOf = (rows: typeof there.rows, id: string) => rows.find((row) => row.id === id)!.logit!;
});

describe("applyToOwn(own, rule)", () => {
  it("does the same to the study's own tested images, each by its fold's network", () => {
    const own = inventNetworks({ set: "own", validation: true });
    const rule = carryOver(own);
    const { moved, calibrated } = applyToOwn(own, rule);
    equal(moved.rows.length, 120);
    const decided = decide(scaleTemperature(own).set, { kind: "youden" }).cases;
    deepEqual(
      moved.rows.map(({ probability }) => (probability >= 0.5 ? 1 : 0)),
      decided.map(({ decision }) => decision),
    );
    deepEqual(
      calibrated.rows.map(({ probability }) => probability.toFixed(12)),
      decided.map(({ probability }) => probability.toFixed(12)),
    );
  });
});
