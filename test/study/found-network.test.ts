import { equal } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { presets } from "../../lib/space/presets";
import { sampleArchitecture } from "../../lib/space/sample";
import { foundNetwork } from "../../lib/study/found-network";
import { paper } from "../../lib/study/profiles/paper";

describe("foundNetwork(settings, architecture)", () => {
  const architecture = sampleArchitecture(presets.shape.space, createRandom(1));
  const settings = { ...paper, network: presets.shape.settings };

  it("builds an architecture at the size of the study's images", () => {
    const own = {
      ...settings,
      preparation: { ...settings.preparation, size: 48, channels: ["gray", "mask"] as const },
    };
    const { shape } = foundNetwork(own, architecture)!.nodes[0]!;
    equal(shape.join(), "48,48,2");
  });

  it("is null where the settings do not fit, as those of an older version may not", () => {
    equal(foundNetwork({ ...settings, network: { gone: 1 } as object }, architecture), null);
  });
});
