import { equal, match } from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { judgeExternal } from "../../../lib/external/judge-external";
import { recalibrate } from "../../../lib/external/recalibrate";
import { createRandom } from "../../../lib/runtime/random";
import type { ExternalTest } from "../../../lib/study/external";
import { placeIn } from "../../../lib/study/layout";
import type { Study } from "../../../lib/study/open-study";
import { describeExternal } from "../../../lib/study/report/external-section";
import { inventNetworks } from "../../external/example";
import { temporaryFolder } from "../../helpers/temporary";
import { tableNamed, textsOf } from "../helpers";

describe("describeExternal(study, images)", () => {
  const folder = temporaryFolder();
  const write = (test: object) => {
    mkdirSync(join(folder.path, "external", "udiat"), { recursive: true });
    writeFileSync(join(folder.path, "external", "udiat", "test.json"), JSON.stringify(test));
  };

  it("says what to run where nothing was tested, and which file is damaged", async () => {
    match(textsOf(await describeExternal(placeIn(folder.path) as Study, 0)), /not known\. --external SET tests them/);
    write({});
    writeFileSync(join(folder.path, "external", "udiat", "test.json"), "[");
    match(textsOf(await describeExternal(placeIn(folder.path) as Study, 0)), /^missing: .*test\.json is damaged/m);
  });

  it("has for each set what differs, what is lost, the order, calibration, and what images of it would mend", async () => {
    const own = inventNetworks({ set: "own", validation: true });
    const there = inventNetworks({ set: "there", all: true, distance: 1 });
    const { result, calibrated } = judgeExternal(own, there, { evaluation: { replicates: 50 } });
    const test: ExternalTest = {
      ...{ dataset: "udiat", title: "UDIAT dataset B", citation: "Yap 2018", licence: "none", dataHash: "0" },
      ...{ images: 120, notices: ["The set has no outlines of lesions."], computedFrom: {} },
      sets: [{ property: "images", own: "200", "UDIAT dataset B": "120" }],
      results: [result, { ...result, model: "CNN3", kind: "hand-crafted" }],
      recalibration: recalibrate(calibrated, createRandom(1), { images: [0, 20], draws: 5 }),
    };
    write(test);
    const section = await describeExternal(placeIn(folder.path) as Study, 0);
    match(textsOf(section), /On 120 images of UDIAT dataset B \(Yap 2018\).*nothing was chosen anew/);
    match(textsOf(section), /no outlines of lesions/);
    equal(tableNamed(section, "Networks on udiat").rows.length, 8);
    equal(tableNamed(section, "ENAS after recalibration").rows.length, 3);
    equal(section.blocks.filter(({ kind }) => kind === "figure").length, 2);
    write({ ...test, recalibration: null });
    match(textsOf(await describeExternal(placeIn(folder.path) as Study, 0)), /too few images to say/);
  });
});
