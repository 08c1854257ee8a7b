import { deepEqual, equal, match } from "node:assert/strict";

import { checkPreparation } from "../../lib/data/prepare/configuration";
import { asksFinder, doubtsOf, isSure } from "../../lib/release/find-lesion";
import type { Outline } from "../../lib/segment/outline";

const box = { left: 2, top: 2, width: 3, height: 3 };
const mask = { width: 100, height: 10, pixels: new Uint8Array(1000).fill(1) };
const outline = (given: Partial<Outline>): Outline => ({ mask, box, expectedDice: 0.95, others: 0, ...given });
const gray = { width: 100, height: 10, pixels: new Float32Array(1000).fill(0.5) };
const sure = { expectedDice: 0.8, origin: "chosen" };

describe("asksFinder(preparation, box, mask)", () => {
  it("asks where the lesion is needed and not given: a mask says all, a box enough where no outline is taken", () => {
    const [lesion, outlined] = [checkPreparation({}), checkPreparation({ channels: ["gray", "mask"] })];
    const whole = checkPreparation({ region: { kind: "whole" } });
    const asked = (mask: unknown, given?: typeof box) =>
      [lesion, outlined, whole].map((preparation) => asksFinder(preparation, given, mask));
    deepEqual(asked(null), [true, true, false]);
    deepEqual(asked(null, box), [false, true, false]);
    deepEqual(asked("mask.png"), [false, false, false]);
  });
});

describe("isSure(outline, sure)", () => {
  it("is sure from the value on, by default from .9, and never of nothing", () => {
    deepEqual(
      [0.79, 0.8].map((expectedDice) => isSure(outline({ expectedDice }), sure)),
      [false, true],
    );
    deepEqual(
      [0.89, 0.9].map((expectedDice) => isSure(outline({ expectedDice }))),
      [false, true],
    );
    equal(isSure(outline({ mask: null, expectedDice: 0 }), { ...sure, expectedDice: 0 }), false);
  });
});

describe("doubtsOf(outline, picture, box, sure)", () => {
  it("says nothing against an outline that is sure, alone, and of one scan", () => {
    deepEqual(doubtsOf(outline({}), gray, undefined, sure), []);
  });

  it("says that the network is not sure, that there are others, and that there are two scans", () => {
    const [unsure] = doubtsOf(outline({ expectedDice: 0.612 }), gray, undefined, sure);
    match(unsure!, /expects a Dice coefficient of 0\.61 of it and is sure from 0\.80 on: look at it/);
    match(doubtsOf(outline({ others: 1 }), gray, undefined, sure)[0]!, /another part was found and left out/);
    match(doubtsOf(outline({ others: 3 }), gray, undefined, sure)[0]!, /3 other parts were found and left out/);
    const pixels = gray.pixels.map((level, place) => (place % 100 >= 48 && place % 100 < 52 ? 0 : level));
    match(doubtsOf(outline({}), { ...gray, pixels }, undefined, sure)[0]!, /two scans side by side/);
    // Who draws a box has chosen one of them.
    deepEqual(doubtsOf(outline({}), { ...gray, pixels }, box, sure), []);
  });
});
