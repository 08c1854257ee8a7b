import { equal, ok } from "node:assert/strict";

import { costOf } from "../../lib/graph/cost";
import { buildHandCrafted } from "../../lib/graph/hand-crafted/registry";
import { bytesOfUnits } from "../../lib/study/bytes-of-units";
import { settingsOf } from "../../lib/study/settings-of";

const settings = settingsOf({ profile: "smoke", dataset: "phantom" });

describe("bytesOfUnits(settings, images)", () => {
  const trained = (model: string) => ({ kind: "hand-crafted", of: { part: "handCrafted", model, fold: "fold 1" } });

  it("counts the weights of a trained network, four bytes each, and what it predicts", () => {
    const side = settings.preparation.size ?? 64;
    const graph = buildHandCrafted("CNN3", { height: side, width: side, channels: 1 }, { classes: 2 });
    const [none, some] = [0, 100].map((images) =>
      bytesOfUnits({ ...settings, handCrafted: ["CNN3"] }, images)(trained("CNN3")),
    ) as [number, number];
    const { weightBytes } = costOf(graph);
    ok(none > weightBytes && none < weightBytes + 1e5, `${none} and ${weightBytes}`);
    equal(some - none, 100 * 120);
    equal(bytesOfUnits({ ...settings, handCrafted: ["CNN3"] }, 0)(trained("CNN3, recipe 2")), none);
  });

  it("is within a factor of two of what the smoke study leaves on the disk: 9.1 MB of a search, .25 MB of a fold", () => {
    const bytesOf = bytesOfUnits(settings, 240);
    const search = bytesOf({ kind: "search", of: { seed: 1 } });
    ok(search > 4.6e6 && search < 18e6, String(search));
    const fold = bytesOf({ kind: "cross-validation", of: { part: "found", model: "ENAS", fold: "fold 1" } });
    ok(fold > 0.125e6 && fold < 0.5e6, String(fold));
    ok(bytesOf({ kind: "winner", of: {} }) < 1e5);
  });
});
