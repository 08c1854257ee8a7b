import { deepEqual, equal, throws } from "node:assert/strict";

import { Problem } from "../../lib/runtime/problem";
import { checkSegmentation } from "../../lib/segment/segmentation-options";

describe("checkSegmentation(options)", () => {
  it("fills in a U-Net of 16 channels and 5 stages over the whole picture at 128 × 128", () => {
    const { network, preparation, batchSize } = checkSegmentation({});
    deepEqual([network.channels, network.stages, preparation.size, batchSize], [16, 5, 128, 16]);
    deepEqual([preparation.region, preparation.channels, preparation.padding], [{ kind: "whole" }, ["gray"], "none"]);
  });

  it("takes what is given of the preparation, and keeps the rest", () => {
    const { preparation } = checkSegmentation({ preparation: { size: 64, padding: "black" } });
    deepEqual([preparation.size, preparation.padding, preparation.region.kind], [64, "black", "whole"]);
    equal(JSON.stringify(checkSegmentation(checkSegmentation({}))), JSON.stringify(checkSegmentation({})));
  });

  it("refuses a preparation that would have to know the lesion, a size that halvings do not fit, and unknown keys", () => {
    throws(() => checkSegmentation({ preparation: { region: { kind: "box", margin: 1, unit: "pixels" } } }), /to find/);
    throws(() => checkSegmentation({ preparation: { channels: ["gray", "mask"] } }), Problem);
    throws(() => checkSegmentation({ preparation: { size: 100 } }), /multiples of 16/);
    throws(() => checkSegmentation({ epoch: 3 } as never), /epochs/);
    throws(() => checkSegmentation({ diceWeight: -1 }), Problem);
  });
});
