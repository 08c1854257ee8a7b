import { deepEqual, match, ok, throws } from "node:assert/strict";

import { colorOfModel } from "../../../lib/display/model-style";
import { drawExternal } from "../../../lib/external/figures/draw-external";
import { judgeExternal } from "../../../lib/external/judge-external";
import { plainText } from "../../helpers/plain-text";
import { inventNetworks } from "../example";

describe("drawExternal(results, dataset, measure)", () => {
  const own = inventNetworks({ set: "own", validation: true });
  const there = inventNetworks({ set: "there", all: true, distance: 1 });
  const { result } = judgeExternal(own, there, { evaluation: { replicates: 100 } });

  it("draws both sides with their intervals in the model's colour, hollow and filled", () => {
    const { data, layout } = drawExternal([result, { ...result, model: "CNN3", kind: "hand-crafted" }], "there");
    const [here, other] = data as unknown as {
      x: number[];
      error_x: { array: number[] };
      marker: { color: unknown; line: { color: string[] } };
    }[];
    const { areaUnderCurve: area } = result.own.measures;
    deepEqual(here!.x, [area.value, area.value]);
    ok(Math.abs(here!.x[0]! + here!.error_x.array[0]! - area.high!) < 1e-12);
    deepEqual(other!.x[0], result.each.measures.areaUnderCurve.value);
    deepEqual(other!.marker.color, [colorOfModel("ENAS", "found"), colorOfModel("CNN3", "hand-crafted")]);
    deepEqual(here!.marker.color, "#fff");
    match(plainText(layout.yaxis!.ticktext![0]!), /^ENAS −0\.\d{3} \[/);
  });

  it("says where there is no interval, and refuses nothing", () => {
    const without = { ...result, differences: { ...result.differences, accuracy: null } };
    match(plainText(drawExternal([without], "there", "accuracy").layout.yaxis!.ticktext![0]!), /no interval/);
    throws(() => drawExternal([], "there"), /no models/);
  });
});
