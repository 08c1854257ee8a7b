import { equal, ok } from "node:assert/strict";
import { join } from "node:path";

import { loadDataSet } from "../../lib/data/sets/load";
import { writeExampleHospital } from "../../lib/external/example-hospital";
import { mean } from "../../lib/statistics/summary";
import { temporaryFolder } from "../helpers/temporary";

describe("writeExampleHospital(folder)", () => {
  const folder = temporaryFolder();

  it("writes a set of one's own that loads without a finding: both classes, patients, devices and outlines", async () => {
    writeExampleHospital(join(folder.path, "another-hospital"));
    const { records, inspections, findings } = await loadDataSet("another-hospital", {
      root: folder.path,
      cacheFolder: null,
    });
    equal(records.length, 80);
    equal(findings.filter(({ severity }) => severity === "error").length, 0);
    ok(
      records.every(
        ({ masks, patient, device }) => masks.length === 1 && patient !== undefined && device !== undefined,
      ),
    );
    const malignant = records.filter(({ label }) => label === "malignant").length;
    ok(malignant > 20 && malignant < 55);
    ok(new Set(records.map(({ patient }) => patient)).size < 60, "two views of most patients");
    // Brighter than what a phantom's device gives, which lies near a third.
    const levels = inspections.map(({ seen }) => mean([...Buffer.from(seen!.thumbnail, "base64")]) / 255);
    ok(mean(levels) > 0.4);
  });
});
