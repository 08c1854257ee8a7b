import { deepEqual, equal } from "node:assert/strict";

import { colorOfModel } from "../../lib/display/model-style";
import { evaluatePredictions } from "../../lib/evaluate/evaluation";
import type { Prediction } from "../../lib/evaluate/predictions";
import { createRandom } from "../../lib/runtime/random";
import { drawStudies, type StandingModel } from "../../lib/study/draw-studies";

function standing(model: string, study: string, kind: StandingModel["kind"]): StandingModel {
  const random = createRandom(3).split(`${model} ${study}`);
  const rows = Array.from({ length: 40 }, (_, at): Prediction => {
    const label = at % 2 === 0 ? 1 : 0;
    const probability = random.uniform(0, 1);
    return {
      ...{ id: `image ${at}`, patient: null, label, probability, logit: null, fold: "fold 1", seed: 1, part: "test" },
    };
  });
  return { study, model, kind, evaluation: evaluatePredictions({ model, rows }, { replicates: 20 }) };
}

describe("drawStudies(models)", () => {
  const models = ["ENAS", "VGG-11"].flatMap((model) =>
    ["one", "two"].map((study) => standing(model, study, model === "ENAS" ? "found" : "hand-crafted")),
  );
  const drawn = drawStudies(models).data as unknown as {
    name?: string;
    x: (number | null)[];
    y: number[];
    marker: { color: string | string[]; symbol: string };
  }[];

  it("draws each network in the colour that it has everywhere, with a marker a study", () => {
    const shown = drawn.filter(({ x }) => x[0] !== null);
    const colors = [colorOfModel("ENAS"), colorOfModel("VGG-11")];
    deepEqual(
      shown.map(({ marker }) => marker.color),
      [colors, colors],
    );
    equal(new Set(shown.map(({ marker }) => marker.symbol)).size, 2);
    deepEqual(
      drawn.flatMap(({ name }) => name ?? []),
      ["one", "two"],
    );
  });

  it("puts each area on the line of its network", () => {
    const shown = drawn.filter(({ x }) => x[0] !== null);
    shown.forEach(({ x, y }, study) => {
      deepEqual(
        y.map((height) => Math.round(height) + 0),
        [0, 1],
      );
      deepEqual(
        x,
        [models[study], models[study + 2]].map((one) => one!.evaluation.pooled.measures.areaUnderCurve.value),
      );
    });
  });
});
