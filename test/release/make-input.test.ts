import { deepEqual, equal, throws } from "node:assert/strict";

import { checkPreparation } from "../../lib/data/prepare/configuration";
import { makeInput, requireLesion } from "../../lib/release/make-input";
import { Problem } from "../../lib/runtime/problem";

const picture = { width: 8, height: 6, pixels: Float32Array.from({ length: 48 }, (_, place) => place / 48) };
const card = (given: Parameters<typeof checkPreparation>[0]) => ({
  name: "Example",
  preparation: checkPreparation({ size: 4, stretch: null, filter: "box", ...given }),
  normalisation: { mean: [0.25], deviation: [0.5] },
});

describe("makeInput(picture, card)", () => {
  it("cuts, resizes and normalises by the card", () => {
    const box = { left: 2, top: 1, width: 4, height: 4 };
    const { values, part } = makeInput(
      { id: "x", picture, box, mask: null },
      card({ region: { kind: "box", margin: 0, unit: "pixels" } }),
    );
    deepEqual(part, box);
    // Four pixels become four: each is itself.
    const expected = [1, 2, 3, 4].flatMap((row) => [2, 3, 4, 5].map((column) => ((row * 8 + column) / 48 - 0.25) * 2));
    for (const [place, value] of values.entries()) equal(Math.abs(value - expected[place]!) < 1e-6, true);
  });

  it("refuses a picture that is none, a box outside of it, and a lesion that is not there", () => {
    const lesion = card({});
    const box = { left: 2, top: 1, width: 4, height: 4 };
    const bad = [
      [{ ...picture, pixels: new Float32Array(3) }, box],
      [{ ...picture, pixels: picture.pixels.map((level) => level * 255) }, box],
      [picture, { ...box, left: 7 }],
      [picture, { ...box, width: 0 }],
      [picture, { ...box, top: 1.5 }],
      [picture, undefined],
    ] as const;
    for (const [given, place] of bad)
      throws(() => makeInput({ id: "x", picture: given, box: place, mask: null }, lesion), Problem);
  });
});

describe("makeInput(picture, card) of a part in millimetres", () => {
  const box = { left: 2, top: 1, width: 4, height: 4 };
  const window = card({ region: { kind: "window", side: 2 }, beyond: "fill" });

  it("takes the part by the pixel size", () => {
    const { part } = makeInput({ id: "x", picture, box, mask: null, pixelSize: 0.5 }, window);
    deepEqual(part, box);
  });

  it("asks for the pixel size, and refuses one that cannot be", () => {
    throws(() => makeInput({ id: "x", picture, box, mask: null }, window), /was not told how long a pixel is/);
    for (const pixelSize of [0, -1, NaN, 400])
      throws(() => makeInput({ id: "x", picture, box, mask: null, pixelSize }, window), /expected 0\.001 to 10/);
  });
});

describe("requireLesion(name, preparation, box, mask)", () => {
  it("asks for a mask where the network takes one, and for either else", () => {
    throws(() => {
      requireLesion("Example", checkPreparation({ channels: ["gray", "mask"] }), picture as never, null);
    }, /takes a plane with the lesion's mask/);
    throws(() => {
      requireLesion("Example", checkPreparation({}));
    }, /was not told where the lesion is/);
    requireLesion("Example", checkPreparation({ region: { kind: "whole" } }));
  });
});
