import { deepEqual, equal, ok } from "node:assert/strict";

import { lookAtOutputs, withNotebook } from "../helpers/jupyterlab";

describe("the second notebook in JupyterLab", function () {
  this.timeout(300_000);
  const opened = withNotebook("01_explore_the_data", 9000);

  it("shows the audit of the phantoms, says that they are synthetic, and fits the page", async () => {
    const seen = await lookAtOutputs(opened());
    deepEqual(seen.errors, []);
    deepEqual(seen.overflowing, []);
    equal(seen.figures, 1, "the lesions' sizes; phantoms are all of one size");
    ok(seen.tables >= 11, `${seen.tables} tables`);
    // Ten in the montage, six in three planes, three with their variants twice, and pairs that look alike, if there are any.
    ok(seen.images.length >= 10 + 18 + 42, `${seen.images.length} images`);
    ok(seen.images.every(({ drawn }) => drawn));
    ok(seen.images.slice(0, 10).every(({ caption }) => caption.includes("synthetic")));
    ok(seen.bars.length >= 2 && seen.bars.every((value) => value === "100.0"), seen.bars.join());
  });

  it("is drawn with no other machine's help", () => {
    deepEqual([...new Set(opened().strangers)], []);
  });
});
