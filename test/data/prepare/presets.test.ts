import { deepEqual, equal } from "node:assert/strict";

import { checkPreparation, needsLesion } from "../../../lib/data/prepare/configuration";
import { hashPreparation } from "../../../lib/data/prepare/hash-preparation";
import { preparations } from "../../../lib/data/prepare/presets";

describe("preparations", () => {
  it("say every setting, each within its range", () => {
    for (const preset of Object.values(preparations)) deepEqual(checkPreparation(preset), preset);
  });

  it("differ", () => {
    const hashes = Object.values(preparations).map(hashPreparation);
    equal(new Set(hashes).size, hashes.length);
  });

  it("follow the recipes that they are named after", () => {
    const { squareContext, busBraAuthors, wholeImage } = preparations;
    deepEqual([squareContext.region, squareContext.size], [{ kind: "square", margin: 10, unit: "pixels" }, 64]);
    deepEqual([busBraAuthors.region, busBraAuthors.size], [{ kind: "box", margin: 10, unit: "pixels" }, 224]);
    deepEqual(
      [squareContext.stretch, busBraAuthors.stretch, wholeImage.stretch],
      [{ low: 5, high: 95 }, { low: 5, high: 95 }, null],
    );
    deepEqual(busBraAuthors.channels, ["gray", "gray × mask", "mask"]);
    equal(needsLesion(wholeImage), false);
  });
});
