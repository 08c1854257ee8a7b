import { deepEqual, equal, ok } from "node:assert/strict";

import { lookAtOutputs, withNotebook } from "../helpers/jupyterlab";

describe("the third notebook in JupyterLab", function () {
  this.timeout(300_000);
  const opened = withNotebook("02_search_space", 8000);

  it("draws cells and whole networks inline, tells what they cost, and fits the page", async () => {
    const seen = await lookAtOutputs(opened());
    deepEqual(seen.errors, []);
    deepEqual(seen.overflowing, []);
    equal(seen.figures, 1, "the costs of all networks");
    ok(seen.tables >= 6, `${seen.tables} tables`);
    deepEqual(
      seen.images.map(({ drawn }) => drawn),
      [true, true, true, true],
      "an architecture, its network, one of the macro space, one of the shape space",
    );
  });

  it("is drawn with no other machine's help", () => {
    deepEqual([...new Set(opened().strangers)], []);
  });
});
