import { equal, match } from "node:assert/strict";
import { join } from "node:path";

import type { Estimate } from "../../lib/evaluate/estimate";
import { loadRelease } from "../../lib/release/load-release";
import { releaseModel } from "../../lib/release/release-model";
import type { ExternalTest } from "../../lib/study/external";
import { stateExternal } from "../../lib/study/state-external";
import { temporaryFolder } from "../helpers/temporary";
import { exampleContents } from "../release/example";

const estimate = (value: number): Estimate => ({
  ...{ value, low: value - 0.05, high: value + 0.05, method: null, reason: null, beside: null },
});

const side = (images: number, value: number) => ({
  ...{ images, malignant: images / 3, patients: images, areaOfPatients: estimate(value) },
  measures: {
    ...{ areaUnderCurve: estimate(value), accuracy: estimate(value) },
    ...{ sensitivity: estimate(value - 0.1), specificity: estimate(value + 0.02) },
  },
});

const difference = { difference: -0.08, low: -0.15, high: -0.01 };
const test = (networks: number) =>
  ({
    ...{ title: "UDIAT", dataset: "udiat" },
    results: [
      {
        ...{ model: "ENAS", networks, own: side(300, 0.91), each: side(150, 0.83) },
        differences: { areaUnderCurve: difference },
      },
    ],
  }) as unknown as ExternalTest;

describe("stateExternal(study, tests)", function () {
  this.timeout(60_000);
  const root = temporaryFolder();
  const study = { path: (...parts: string[]) => join(root.path, ...parts) };

  it("says on the released card what the network is worth on the other set, beside its own, with intervals", async () => {
    const contents = exampleContents();
    await releaseModel(study.path("release"), contents);
    contents.weights.dispose();
    stateExternal(study, [test(5)]);
    const loaded = await loadRelease(study.path("release"));
    loaded.dispose();
    const { card } = loaded;
    const said = card.externalResult!;
    match(
      said,
      /^On 150 images of UDIAT, 50 of them malignant, the mean of the study's 5 networks, of which this is one,/,
    );
    match(said, /area under the curve of 0\.830 \[0\.780, 0\.880\], a sensitivity of 0\.730 .* specificity of 0\.850/);
    match(said, /on its own 300 tested images the area is 0\.910 .* difference of −0\.080 \[−0\.150, −0\.010\]/);
    stateExternal(study, [test(1), test(5)]);
    const again = await loadRelease(study.path("release"));
    again.dispose();
    match(again.card.externalResult!, /this network has an area.*On 150 images of UDIAT/s);
  });

  it("does nothing where nothing is released, or nothing was tested", async () => {
    stateExternal(study, [test(5)]);
    const contents = exampleContents();
    await releaseModel(study.path("release"), contents);
    contents.weights.dispose();
    stateExternal(study, []);
    const loaded = await loadRelease(study.path("release"));
    loaded.dispose();
    const { card } = loaded;
    equal(card.externalResult, exampleContents().externalResult ?? null);
  });
});
