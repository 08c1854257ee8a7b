import { deepEqual, equal, throws } from "node:assert/strict";

import { checkSupernet } from "../../lib/search/supernet-options";

describe("checkSupernet(given)", () => {
  it("fills in what is not given", () => {
    const options = checkSupernet({ space: { kind: "shape" } });
    equal(options.sampling, "balanced");
    deepEqual([options.weightAverage, options.lastEpochs, options.normalisationPerWidth], [null, 1, false]);
  });

  it("refuses what it does not know, a space that is none, and settings of another kind's networks", () => {
    throws(() => checkSupernet({ space: { kind: "shape" }, sampled: "uniform" } as never), /sampled.*sampling/s);
    throws(() => checkSupernet({ space: { kind: "shapes" } } as never), /shapes.*Did you mean "shape"/s);
    throws(() => checkSupernet({ space: { kind: "shape" }, network: { cells: 3 } }), /cells/);
    throws(() => checkSupernet({ space: { kind: "shape" }, lastEpochs: 0 }), /lastEpochs: 0/);
    throws(() => checkSupernet({ space: { kind: "shape" }, weightAverage: 1 }), /weightAverage: 1/);
  });
});
