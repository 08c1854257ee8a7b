import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { poolOfTable } from "../../lib/tabular/pool-of-table";
import { makeRow } from "./helpers";

const choice = { set: "shape", repeat: 1, size: 32, epochs: 15, folds: [1, 2] };

describe("poolOfTable(table, choice, variant)", () => {
  const rows = [0, 1].flatMap((place) =>
    [2, 1].map((fold) => makeRow({ place, fold, area: 0.7 + place / 10 + fold / 100, cpuSeconds: 10 * fold + place })),
  );
  const network = (place: number) => ({
    ...{ set: "shape", place, network: "abc", code: [place], parameters: 100 + place, multiplyAdds: 1000 },
  });
  const score = (place: number, fold: number) => ({
    ...{ variant: "B", seed: 1, fold, set: "shape", place, area: 0.5 + place / 10 + fold / 100, loss: 1 },
    ...{ cpuSeconds: 0.5, supernetSeconds: 100, protocol: "def" },
  });
  const table = {
    protocol: { sets: { shape: { space: { kind: "shape" as const }, settings: {}, count: 2 } } },
    networks: [network(1), network(0)],
    rows,
    shared: [0, 1].flatMap((place) => [1, 2].map((fold) => score(place, fold))),
  };
  const putAside = {
    // Of the first network one training is right throughout and one wrong throughout; the second is always right.
    logits: [
      [1, -1],
      [-1, 1],
      [3, 2],
      [1, 0],
    ],
    labels: [1, 0],
  };

  it("shows areas of validation images and costs by fold, and keeps what networks are worth by the images put aside", () => {
    const pool = poolOfTable(table, putAside, choice);
    deepEqual(
      pool.areas.map((own) => own.map((area) => Number(area.toFixed(3)))),
      [
        [0.71, 0.72],
        [0.81, 0.82],
      ],
    );
    deepEqual(pool.seconds, [
      [10, 20],
      [11, 21],
    ]);
    deepEqual(pool.truth, [0.5, 1]);
    deepEqual(
      pool.candidates.map(({ parameters, shared }) => [parameters, shared]),
      [
        [100, null],
        [101, null],
      ],
    );
    equal(pool.options.length, 22);
    equal(pool.sharedSeconds, 0);
  });

  it("averages scores over supernets and counts what all of them have cost", () => {
    const pool = poolOfTable(table, putAside, choice, "B");
    ok(Math.abs(pool.candidates[1]!.shared! - 0.615) < 1e-12);
    equal(pool.sharedSeconds, 2 * 100 + 4 * 0.5);
  });

  it("refuses networks without scores, and logits that are not those of the rows", () => {
    throws(() => poolOfTable(table, putAside, choice, "C"), /0 scores by the supernets C, expected 1/);
    throws(
      () => poolOfTable({ ...table, shared: table.shared.slice(1) }, putAside, choice, "B"),
      /network 0 of shape has 1 scores/,
    );
    throws(
      () => poolOfTable(table, { ...putAside, logits: putAside.logits.slice(1) }, choice),
      /4 rows and 3 lists of logits/,
    );
    throws(() => poolOfTable(table, { ...putAside, labels: [1] }, choice), /of 2 images, with 1 labels/);
  });
});
