import { equal, ok, throws } from "node:assert/strict";

import { chooseOne, squash } from "../../lib/controller/decide";
import { controllerPreset } from "../../lib/controller/presets";
import { checkSettings } from "../../lib/controller/settings";
import { macroSpace, microSpace, shapeSpace } from "../helpers/spaces";

const micro = microSpace(5);
const macro = macroSpace(12);

describe("controllerPreset(name, space)", () => {
  it("has the values of the authors' scripts", () => {
    const first = controllerPreset("released", micro);
    const { settings } = first;
    equal([settings.tanhConstant, settings.operationTanhReduction, settings.learningRate].join(), "1.1,2.5,0.0035");
    equal([settings.beta1, settings.beta2, settings.epsilon, settings.entropyWeight].join(), "0,0.999,0.001,0.0001");
    equal(first.architecturesPerUpdate * first.updatesPerEpoch, 300);
    const second = controllerPreset("released", macro);
    equal([second.settings.tanhConstant, second.settings.learningRate].join(), "1.5,0.001");
    equal([second.settings.skipTarget, second.settings.skipWeight].join(), "0.4,0.8");
    equal(second.architecturesPerUpdate * second.updatesPerEpoch, 1000);
  });

  it("bounds the released micro search: the one operation is never likelier than 0.46 and 0.38, for small data 0.97", () => {
    const likeliest = (name: "released" | "small", cell: "normal" | "reduction") => {
      const { tanhConstant, operationTanhReduction, normalCellBias } = controllerPreset(name, micro).settings;
      const scores = { values: Float64Array.of(99, -99, -99, -99, -99), gradient: new Float64Array(5) };
      const constant = tanhConstant! / operationTanhReduction;
      const logits = squash(scores, 1, constant, cell === "normal" ? normalCellBias : null, []);
      return Math.exp(chooseOne(logits, () => 0, []).logProbability).toFixed(2);
    };
    equal(likeliest("released", "normal"), "0.46");
    equal(likeliest("released", "reduction"), "0.38");
    equal(likeliest("small", "reduction"), "0.97");
  });

  it("gives settings that are allowed in their space, and says what they cost", () => {
    for (const name of ["released", "paper", "small"] as const) {
      for (const space of [micro, macro, shapeSpace()]) {
        const { settings, description } = controllerPreset(name, space);
        equal(checkSettings({}, settings, space).units, settings.units);
        ok(description.endsWith(".") && description.length > 60, description);
      }
    }
  });

  it("refuses a name that is none", () => {
    throws(() => controllerPreset("large" as never, micro), {
      name: "Problem",
      message: 'There is no preset "large" of the controller. It is "released", "paper" or "small".',
    });
  });
});
