import { match, rejects } from "node:assert/strict";

import { judgeExternal } from "../../lib/external/judge-external";
import { recalibrate } from "../../lib/external/recalibrate";
import { writeAtomically } from "../../lib/files/write-atomically";
import { createRandom } from "../../lib/runtime/random";
import type { ExternalTest } from "../../lib/study/external";
import { externalTestFile } from "../../lib/study/external-sets";
import { placeIn } from "../../lib/study/layout";
import { showExternal, showTestedElsewhere } from "../../lib/study/show-external";
import { inventNetworks } from "../external/example";
import { captureBundles } from "../helpers/capture";
import { temporaryFolder } from "../helpers/temporary";

describe("showExternal(tests, part)", () => {
  const shown = captureBundles();
  const folder = temporaryFolder();
  const own = inventNetworks({ set: "own", validation: true });
  const there = inventNetworks({ set: "there", all: true, distance: 1 });
  const { result, calibrated } = judgeExternal(own, there, { evaluation: { replicates: 50 } });
  const test: ExternalTest = {
    ...{ dataset: "udiat", title: "UDIAT dataset B", citation: "", licence: "", dataHash: "0", images: 120 },
    ...{ notices: ["The set has no outlines of lesions."], computedFrom: {} },
    sets: [{ property: "images", own: "200", other: "120" }],
    results: [result, { ...result, model: "CNN3", kind: "hand-crafted" }, { ...result, model: "VGG-11" }],
    recalibration: recalibrate(calibrated, createRandom(1), { images: [0, 20], draws: 5 }),
  };

  it("shows each part of each test, and asks for the study where it needs it", async () => {
    for (const [part, said] of [
      ["sets", /no outlines of lesions/],
      ["loss", /other set, mean network/],
      ["order", /rank on the other set/],
      ["calibration", /no fit/],
    ] as const) {
      await showExternal([test], part);
      match(JSON.stringify(shown.all()), said);
    }
    await showExternal([{ ...test, recalibration: null }], "calibration");
    await rejects(showExternal([test], "worst"), /without the study/);
  });

  it("shows what was tested before from the study's folder alone, or says how to", async () => {
    const study = placeIn(folder.path);
    await showTestedElsewhere(study);
    match(JSON.stringify(shown.all()), /Not tested on another set yet: npm run study -- --external SET/);
    writeAtomically(externalTestFile(study, "udiat"), JSON.stringify(test));
    await showTestedElsewhere(study);
    match(JSON.stringify(shown.all()), /On udiat/);
  });
});
