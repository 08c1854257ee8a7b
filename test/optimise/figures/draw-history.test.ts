import { deepEqual, equal } from "node:assert/strict";

import { drawHistory } from "../../../lib/optimise/figures/draw-history";
import type { Optimisation } from "../../../lib/optimise/optimise-in-run";

describe("drawHistory(results)", () => {
  it("rises with the best point of the whole budget, over the epochs of all, one entry of the legend an arm", () => {
    const trial = (epochs: number, fidelity: number, value: number) => ({ epochs, fidelity, value });
    const optimisation = {
      trials: [trial(1, 0, 0.99), trial(3, 1, 0.8), trial(1, 0, 0.5), trial(3, 1, 0.7), trial(3, 1, 0.9)],
    } as unknown as Optimisation;
    const { data } = drawHistory([
      { arm: "B", seed: 1, optimisation, areas: [] },
      { arm: "B", seed: 2, optimisation, areas: [] },
      { arm: "as it is", seed: 1, optimisation: null, areas: [] },
    ]);
    equal(data.length, 2);
    const [first, second] = data as { x: number[]; y: number[]; showlegend: boolean }[];
    deepEqual(
      [first!.x, first!.y],
      [
        [4, 5, 8, 11],
        [0.8, 0.8, 0.8, 0.9],
      ],
    );
    deepEqual([first!.showlegend, second!.showlegend], [true, false]);
  });
});
