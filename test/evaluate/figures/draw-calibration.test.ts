import { deepEqual, equal, match, ok } from "node:assert/strict";

import { evaluatePredictions } from "../../../lib/evaluate/evaluation";
import { drawCalibration, seedOf } from "../../../lib/evaluate/figures/draw-calibration";
import { examplePredictions } from "../example";

/** A trace, as far as it is looked at. */
interface Trace {
  readonly type: string;
  readonly x: number[];
  readonly y: number[];
  readonly name?: string;
  readonly error_y?: { readonly array: number[]; readonly arrayminus: number[] };
}

const one = evaluatePredictions(examplePredictions(), { replicates: 100 });
const two = evaluatePredictions(examplePredictions({ seeds: [4, 9] }), { replicates: 100 });

describe("drawCalibration(evaluations, options)", () => {
  it("counts each image of one seed once", () => {
    for (const evaluation of [one, two]) {
      const bars = (drawCalibration([evaluation]).data as Trace[]).find(({ type }) => type === "bar")!;
      equal(
        bars.y.reduce((sum, count) => sum + count, 0),
        60,
      );
    }
  });

  it("has shares with intervals that hold them and stay within 0 to 1", () => {
    const curve = (drawCalibration([one]).data as Trace[]).find(({ name }) => name !== undefined)!;
    curve.y.forEach((share, index) => {
      const [up, down] = [curve.error_y!.array[index]!, curve.error_y!.arrayminus[index]!];
      ok(up >= 0 && down >= 0 && up + down > 0 && share + up <= 1 && share - down >= -1e-12);
    });
  });

  it("names the seed where there are several", () => {
    const name = (evaluation: typeof one, seed?: number) =>
      (drawCalibration([evaluation], seed === undefined ? {} : { seed }).data as Trace[]).find((trace) => trace.name)!
        .name!;
    match(name(one), /^example: expected/);
    match(name(two), /^example, seed 4: expected/);
    match(name(two, 9), /^example, seed 9: expected/);
  });
});

describe("seedOf(evaluation, options)", () => {
  it("takes the seed asked for, else the first", () => {
    deepEqual([seedOf(two, {}), seedOf(two, { seed: 9 }), seedOf(two, { seed: 1 })], [4, 9, 4]);
  });
});
