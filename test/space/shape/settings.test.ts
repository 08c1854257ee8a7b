import { deepEqual, throws } from "node:assert/strict";

import { checkShapeSettings } from "../../../lib/space/shape/settings";

describe("checkShapeSettings(given)", () => {
  it("fills in what the plain CNN has", () => {
    deepEqual(checkShapeSettings({}), {
      ...{ dropout: 0.3, classes: 2, logitsBias: true, normEpsilon: 1e-5, normMomentum: 0.9 },
    });
  });

  it("refuses a key of another kind, and values out of range", () => {
    throws(() => checkShapeSettings({ channels: 16 } as never), /network of the shape space has no option "channels"/);
    throws(() => checkShapeSettings({ stem: "cifar" } as never), /has no option "stem"/);
    throws(() => checkShapeSettings({ dropout: 1 }), /has dropout: 1, expected a number from 0 to below 1/);
    throws(() => checkShapeSettings({ classes: 1 }), /has classes: 1, expected a whole number from 2/);
  });
});
