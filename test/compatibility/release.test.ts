import { equal, ok } from "node:assert/strict";
import { join } from "node:path";

import { describePhantomAt, phantomAt, type PhantomSettings } from "../../lib/data/phantom/phantom";
import { loadRelease } from "../../lib/release/load-release";
import { hashArchitecture } from "../../lib/space/encode";
import { sameData, storedFolders, toTheBit } from "./stored";

describe("a release of an earlier version", () => {
  const stored = storedFolders();
  const settings: PhantomSettings = { count: 6, size: 128, malignant: 0.4, difficulty: 0.4, seed: 9 };

  it("says of pictures what it said then", async () => {
    const model = await loadRelease(join(stored.path, "release"));
    ok(model.checked);
    equal(hashArchitecture(model.architecture!), model.card.network.architectureHash);
    const said = [];
    for (let index = 0; index < settings.count; index++) {
      const { pixels, size, mask } = phantomAt(settings, index);
      const place = { width: size, height: size };
      const { probability } = await model.predict({ ...place, pixels }, { mask: { ...place, pixels: mask } });
      said.push({ id: describePhantomAt(settings, index).id, probability });
    }
    model.dispose();
    sameData(said, stored.expected.release, toTheBit(stored.expected));
  });
});
