import { deepEqual, throws } from "node:assert/strict";

import { labelsOf } from "../../lib/tabular/labels";
import { makeRow } from "./helpers";

const choice = { set: "shape", repeat: 1, size: 32, epochs: 15, folds: [1, 2] };

describe("labelsOf(rows, choice)", () => {
  const rows = [
    makeRow({ place: 4, fold: 2, area: 0.7 }),
    makeRow({ place: 4, fold: 1, area: 0.6 }),
    makeRow({ place: 1, fold: 1, area: 0.8 }),
    makeRow({ place: 1, fold: 2, area: 0.9 }),
    makeRow({ place: 2, fold: 1, area: 0.5 }),
    makeRow({ place: 2, fold: 2, area: 0.5, repeat: 2 }),
    makeRow({ place: 2, fold: 2, area: 0.5, set: "macro" }),
    makeRow({ place: 2, fold: 2, area: 0.5, size: 64 }),
  ];

  it("takes the networks that were measured on each fold, by place, and no other training of theirs", () => {
    deepEqual(labelsOf(rows, choice), {
      places: [1, 4],
      areas: [
        [0.8, 0.9],
        [0.6, 0.7],
      ],
    });
  });

  it("refuses a choice of which nothing was measured", () => {
    throws(
      () => labelsOf(rows, { ...choice, folds: [1, 2, 3] }),
      /no network of shape that was measured on the folds 1, 2, 3/,
    );
  });
});
