import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { Problem } from "../../lib/runtime/problem";
import { agreementOf, intersectionOverUnion } from "../../lib/segment/mask-agreement";
import { recordedPairs } from "../helpers/blobs";

const near = (found: number | null, expected: number) => {
  ok(found !== null && Math.abs(found - expected) < 1e-9, `${found}, expected ${expected}`);
};

describe("agreementOf(found, expert)", () => {
  it("is what SciPy and NumPy say, of both ways round", () => {
    for (const { found, expert, ...recorded } of recordedPairs) {
      for (const [one, other] of [
        [found, expert],
        [expert, found],
      ] as const) {
        const agreement = agreementOf(one, other);
        near(agreement.dice, recorded.dice);
        near(agreement.intersectionOverUnion, recorded.intersectionOverUnion);
        near(agreement.hausdorff95, recorded.hausdorff95);
        near(agreement.boxIntersectionOverUnion, recorded.boxes);
      }
    }
  });

  it("is 0 where nothing was found, and no distance", () => {
    const nothing = { dice: 0, intersectionOverUnion: 0, hausdorff95: null, boxIntersectionOverUnion: 0 };
    const { expert } = recordedPairs[0]!;
    deepEqual(agreementOf(null, expert), nothing);
    deepEqual(agreementOf({ ...expert, pixels: expert.pixels.map(() => 0) }, expert), nothing);
  });

  it("refuses an expert's mask without a lesion, and masks of two sizes", () => {
    const { expert } = recordedPairs[0]!;
    throws(() => agreementOf(expert, { ...expert, pixels: expert.pixels.map(() => 0) }), Problem);
    throws(() => agreementOf(recordedPairs[3]!.found, expert), /25 × 25.*40 × 30/);
  });
});

describe("intersectionOverUnion(one, other)", () => {
  it("is the share that two boxes have in common", () => {
    const box = { left: 2, top: 3, width: 4, height: 2 };
    equal(intersectionOverUnion(box, box), 1);
    equal(intersectionOverUnion(box, { left: 4, top: 3, width: 4, height: 2 }), 4 / 12);
    equal(intersectionOverUnion(box, { left: 6, top: 3, width: 1, height: 1 }), 0);
  });
});
