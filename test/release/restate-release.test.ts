import { deepEqual, equal, match, notEqual, throws } from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { loadRelease } from "../../lib/release/load-release";
import { releaseModel } from "../../lib/release/release-model";
import { restateRelease } from "../../lib/release/restate-release";
import { temporaryFolder } from "../helpers/temporary";
import { exampleContents } from "./example";

describe("restateRelease(folder, said)", function () {
  this.timeout(60_000);
  const root = temporaryFolder();
  const releaseExample = async () => {
    const contents = exampleContents();
    await releaseModel(join(root.path, "release"), contents);
    contents.weights.dispose();
  };
  const textOf = (name: string) => readFileSync(join(root.path, "release", name), "utf8");

  it("writes the result on both cards, and leaves all else, so that the release loads as before", async () => {
    await releaseExample();
    const before = await loadRelease(join(root.path, "release"));
    before.dispose();
    restateRelease(join(root.path, "release"), { externalResult: "On UDIAT the area is 0.83." });
    const after = await loadRelease(join(root.path, "release"));
    after.dispose();
    deepEqual(after.card, { ...before.card, externalResult: "On UDIAT the area is 0.83." });
    match(textOf("MODEL_CARD.md"), /External result: On UDIAT the area is 0\.83\./);
    const written = textOf("sononas.json");
    restateRelease(join(root.path, "release"), { externalResult: "On UDIAT the area is 0.83." });
    equal(textOf("sononas.json"), written);
    restateRelease(join(root.path, "release"), { externalResult: "Another." });
    notEqual(textOf("sononas.json"), written);
  });

  it("refuses a release that was changed by hand", async () => {
    await releaseExample();
    const path = join(root.path, "release", "sononas.json");
    writeFileSync(path, readFileSync(path, "utf8").replace('"threshold"', ' "threshold"'));
    throws(() => {
      restateRelease(join(root.path, "release"), { externalResult: "On UDIAT." });
    }, /sononas\.json/);
  });
});
